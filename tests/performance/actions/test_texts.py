"""No text that people write beside figures is kept where it identifies a child or a family, and none is repeated."""

from collections.abc import Callable

import pytest

from lscb.models import Agency, Area, AuditEvent, Person, Role
from lscb.periods import parse
from performance import actions
from performance.actions import calendar, catalogue, commentary, editions, saved_views
from performance.indicators.spec import indicators
from performance.models import Commentary, State, Submission
from tests import factories
from tests.performance.conftest import LUTON, Send

pytestmark = pytest.mark.once

NAMED = "Jessica Jones was counted twice."
FILE = "month,kind,count\n2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,120\n"
Writes = Callable[[Person, Area], object]


def luton() -> Area:
    return Area.objects.get(code=LUTON)


def propose(by: Person, _area: Area) -> object:
    return catalogue.propose_indicator(by=by, fields={"title": "A new one", "why": NAMED})


def decline(by: Person, _area: Area) -> object:
    fields = {"title": "A new one", "why": "Nobody counts it."}
    made = catalogue.propose_indicator(by=factories.person(Role.SUBGROUP), fields=fields)
    return catalogue.decline_proposal(by=by, proposal=made, answer=NAMED)


def set_aside(by: Person, area: Area) -> object:
    from performance.views import frozen

    made = frozen.freeze(by=by, area=area, quarter=parse("2024-25-Q4"))
    return editions.take_step(by=by, edition=made, step="set-aside", reason=NAMED)


WRITES: dict[str, Writes] = {
    "commentary": lambda by, area: commentary.write_commentary(
        by=by,
        indicator="DA01",
        area=area,
        period=parse("2024-25-Q4"),
        text=NAMED,
        agency=None,
    ),
    "why limits begin anew": lambda by, area: actions.add_rebase(
        by=by, spec=indicators()["DA01"], area=area, period=parse("2025-02"), reason=NAMED
    ),
    "why an indicator is set so": lambda by, _area: catalogue.set_indicator(
        by=by, spec=indicators()["DA01"], in_use=True, position=1, aim=None, reason=NAMED
    ),
    "a proposal": propose,
    "an answer to a proposal": decline,
    "why a return is not owed": lambda by, area: calendar.exempt(
        by=by,
        return_id="police-da",
        agency=Agency.objects.get(slug="police"),
        area=area,
        starts=parse("2026-04"),
        ends=None,
        reason=NAMED,
    ),
    "why a file is withdrawn": lambda by, _area: actions.withdraw(
        by=by, submission=Submission.objects.get(), reason=NAMED
    ),
    "why an edition is set aside": set_aside,
    "a view's name": lambda by, _area: saved_views.save_view(
        by=by, name=NAMED, address="/dashboards/front-door/"
    ),
    "a view's address": lambda by, _area: saved_views.save_view(
        by=by, name="Mine", address="/indicators/?q=Jessica+Jones"
    ),
}


@pytest.mark.parametrize("what", WRITES)
def test_a_text_that_names_somebody_is_refused_and_not_repeated(send: Send, what: str) -> None:
    send(FILE)
    by = factories.person(Role.MANAGER)
    with pytest.raises(Exception, match="seems to hold a name") as refused:
        WRITES[what](by, luton())
    assert type(refused.value).__name__.endswith("Refused")
    assert "Jones" not in str(refused.value)
    assert "Jones" not in str(list(AuditEvent.objects.values_list("details", flat=True)))


def test_an_answer_that_names_somebody_is_refused_and_the_others_are_kept(send: Send) -> None:
    by = factories.person(Role.ANALYST, "police")
    send(FILE)
    submission = send(
        "month,kind,count\n2025-01,crime,900\n2025-02,crime,110\n", by=by, previewed=True
    )
    codes = sorted(set(submission.problems.values_list("code", flat=True)))
    assert len(codes) > 1, codes
    answers = dict.fromkeys(codes, "It was counted again.") | {codes[0]: NAMED}
    with pytest.raises(actions.SubmissionRefused, match="seems to hold a name"):
        actions.submit(by=by, submission=submission, answers=answers)
    submission.refresh_from_db()
    assert submission.state == State.NEEDS_ANSWERS
    said = dict(submission.problems.values_list("code", "answer"))
    assert said == dict.fromkeys(codes, "It was counted again.") | {codes[0]: ""}
    assert "Jones" not in str(list(AuditEvent.objects.values_list("details", flat=True)))


def test_ordinary_words_are_kept(send: Send) -> None:
    send(FILE)
    text = "Of 48 visits 12 took place by 4 May 2026."
    commentary.write_commentary(
        by=factories.person(Role.SUBGROUP),
        indicator="DA01",
        area=luton(),
        period=parse("2024-25-Q4"),
        text=text,
        agency=None,
    )
    assert Commentary.objects.get().text == text
