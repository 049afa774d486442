"""Two agencies that send the same numbers: nothing counts twice, and whoever comes second is told what to do."""

import pytest

from lscb.models import Agency, Person, Role
from performance import actions
from performance.actions import SubmissionRefused
from performance.models import Observation, Referral, State
from performance.queries import preview
from tests.performance.conftest import LUTON

HEADER = "month,source,age_band,ethnicity,reason,count\n"
TOTAL = HEADER + "2024-04,all,all,all,all,{}\n"


def referrals():
    row = Observation.objects.filter(
        indicator="FD03", area__code=LUTON, period="2024-04", period_type="month"
    ).first()
    return row.value if row else None


@pytest.fixture
def analyst(places):
    """An analyst of the council."""
    return Person.objects.create_user(
        "ann@council.test", name="Ann", role=Role.ANALYST, agency=Agency.objects.get(slug="council")
    )


@pytest.fixture
def published(send):
    """Sends what the national publisher printed."""
    return lambda: send(
        TOTAL.format(250), return_id="referrals", agency="dfe", period="2024-04"
    )  # fmt: skip


@pytest.fixture
def own(send, analyst):
    """Sends what the council counted, through the page or by a program."""
    return lambda **how: send(
        TOTAL.format(261), return_id="referrals", agency="council", period="2024-04", by=analyst, **how
    )  # fmt: skip


@pytest.mark.parametrize("previewed", [True, False])
def test_whoever_comes_second_is_refused_with_whose_numbers_count(published, own, previewed):
    published()
    second = own(previewed=previewed)
    assert second.state == State.REFUSED
    [problem] = second.problems.all()
    assert problem.code == "counted-already"
    assert "Department for Education has sent numbers of April 2024" in problem.message
    assert "ask the partnership manager" in problem.suggestion
    assert not Referral.objects.filter(submission=second).exists()
    assert referrals() == 250


def test_what_the_other_did_not_send_is_taken(published, send, analyst):
    published()
    by_source = HEADER + "2024-04,police,all,all,all,90\n"
    sent = send(by_source, return_id="referrals", agency="council", period="2024-04", by=analyst)
    assert sent.state == State.ACCEPTED


def test_a_file_that_waited_meanwhile_can_be_looked_at_and_is_refused_when_it_is_submitted(
    published, own, analyst
):
    waiting = own(previewed=True)
    published()
    assert {one.after.value for one in preview.would_change(waiting) if one.after} >= {261}
    with pytest.raises(SubmissionRefused, match="nothing may count twice"):
        actions.submit(by=analyst, submission=waiting, answers={})
    waiting.refresh_from_db()
    assert waiting.state == State.READY
    assert referrals() == 250


def test_taking_a_file_back_never_lets_an_older_one_count_beside_anothers(
    published, own, send, analyst, manager
):
    first = own()
    by_source = HEADER + "2024-04,police,all,all,all,90\n"
    second = send(by_source, return_id="referrals", agency="council", period="2024-04", by=analyst)
    other = published()  # of the total, which the council's newer file does not hold
    assert other.state == State.ACCEPTED
    with pytest.raises(SubmissionRefused, match="nothing may count twice"):
        actions.withdraw(by=analyst, submission=second, reason="wrong month")
    second.refresh_from_db()
    assert (second.state, referrals()) == (State.ACCEPTED, 250)
    actions.withdraw(by=manager, submission=other, reason="the council counts them")
    actions.withdraw(by=analyst, submission=second, reason="wrong month")
    first.refresh_from_db()
    assert (first.state, referrals()) == (State.ACCEPTED, 261)
