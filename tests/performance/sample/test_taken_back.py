"""A later version of the sample is loaded over an earlier one: what it holds no more counts no more."""

from pathlib import Path

from lscb.models import Agency, Area
from lscb.periods import parse
from performance.actions import sample
from performance.actions.sample import Entry
from performance.models import Observation, State, Submission
from performance.sample.synthetic import SOURCE

ROWS = "period,item,breakdown,category,numerator,denominator,value\n2023-24,population-0-17,all,all,{},,\n"


def entry(folder: Path, agency: str, number: int, area: str) -> Entry:
    path = folder / f"figures-2023-24-{agency}-{number}.csv"
    path.write_text(ROWS.format(number))
    return Entry(path, "figures", agency, area, parse("2023-24"), SOURCE)


def loaded(*entries: Entry) -> list[tuple[str, str]]:
    sample.load_files(list(entries), lambda _: None)
    rows = Submission.objects.filter(return_id="figures").order_by("pk")
    return [(one.agency.slug, one.state) for one in rows.select_related("agency")]


def test_a_figure_that_another_agency_sends_now_counts_once(places: None, tmp_path: Path) -> None:
    area = Area.objects.get(synthetic=True)
    first = entry(tmp_path, "council", 4_000, area.code)
    assert loaded(first) == [("council", State.ACCEPTED)]
    second = entry(tmp_path, "dfe", 5_000, area.code)
    assert loaded(second) == [("council", State.WITHDRAWN), ("dfe", State.ACCEPTED)]
    found = Observation.objects.filter(area=area, period="2023-24", numerator__in=(4_000, 5_000))
    assert set(found.values_list("numerator", flat=True)) == {5_000}


def test_what_people_and_other_areas_sent_is_left_alone(places: None, tmp_path: Path) -> None:
    area = Area.objects.get(synthetic=True)
    own = entry(tmp_path, "council", 4_000, "E06000032")
    assert loaded(own) == [("council", State.ACCEPTED)]
    assert Agency.objects.filter(slug="dfe").exists()
    assert loaded(entry(tmp_path, "dfe", 5_000, area.code)) == [
        ("council", State.ACCEPTED),
        ("dfe", State.ACCEPTED),
    ]
