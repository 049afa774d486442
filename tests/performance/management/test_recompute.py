"""`manage.py recompute`: in place and from nothing give the same observations."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from performance.models import Observation
from tests import factories

pytestmark = pytest.mark.django_db
FIELDS = (
    "indicator",
    "area__code",
    "period_type",
    "period",
    "breakdown",
    "category",
    "numerator",
    "denominator",
    "value",
    "status",
    "present",
    "expected",
)
APRIL = "month,kind,count\n2025-04,crime,270\n2025-04,incident,180\n2025-04,contact,300\n"


@pytest.fixture
def _sent(tmp_path: Path) -> None:
    factories.agency("police").areas.add(factories.area())
    file = tmp_path / "police.csv"
    file.write_text(APRIL)
    arguments = {"area": "E06000032", "period": "2025-04", "stdout": StringIO()}
    call_command("submit", "police-da", str(file), **arguments)


def observed() -> list[tuple[object, ...]]:
    """Every observation, without its row number."""
    return sorted(Observation.objects.values_list(*FIELDS), key=str)


@pytest.mark.usefixtures("_sent")
@pytest.mark.parametrize("options", [[], ["--all"]])
def test_recomputing_mends_what_was_lost_or_changed(options: list[str]):
    before = observed()
    assert before
    Observation.objects.filter(period_type="quarter").delete()
    Observation.objects.filter(period_type="month", status="reported").update(value=-1)
    out = StringIO()
    call_command("recompute", *options, stdout=out)
    assert observed() == before
    assert f"{len(before)} observations" in out.getvalue()
