"""Every address of the product, tried by everybody with every method. An address that is not listed here fails."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from lscb import papers, periods
from lscb.middleware import OPEN_TO_ALL
from lscb.models import AuditEvent, Role
from performance import actions
from performance.actions.challenges import raise_challenge
from performance.models import Challenge, Edition, State, Submission
from performance.views import frozen
from priorities.models import PlanAction, Priority
from tests import factories, personas
from tests.personas import (
    CHAIR,
    COUNCIL,
    EXECUTIVE,
    MANAGER,
    PERSONAS,
    POLICE,
    SCRUTINEER,
    SIGNED_IN,
    SUBGROUP,
    Persona,
)
from tests.priorities import building
from tests.reviews import building as reviews_building

pytestmark = pytest.mark.django_db
ONCE = pytest.mark.once  # who may do what is no matter of the database
# Every page and file is read on each database by the manager, who sees the most.
READERS = [one if one is MANAGER else pytest.param(one, marks=ONCE) for one in PERSONAS]

UNUSED = ("delete", "patch", "put")  # the product's own pages and addresses know none of them
EVERYBODY = frozenset(SIGNED_IN)
SENDERS = frozenset({MANAGER, COUNCIL})
LISTS_SUBMISSIONS = frozenset({MANAGER, COUNCIL, POLICE, SCRUTINEER})
READS_SUBMISSION = frozenset({MANAGER, COUNCIL, SCRUTINEER})
WITHDRAWS = frozenset({MANAGER, COUNCIL})
RAISES = EVERYBODY - {COUNCIL, POLICE}


@dataclass(frozen=True)
class Rule:
    """Who may open an address, what they get, and what the others get. `posts`: it also takes POST, from those who
    `may`, or from `writers` where they are fewer."""

    may: frozenset[Persona] = EVERYBODY
    otherwise: Callable[[Persona], int] = lambda _persona: 403
    ok: int = 200
    kwargs: dict[str, Any] = field(default_factory=dict)
    posts: bool = False
    writers: frozenset[Persona] | None = None
    empty: int | None = None  # what a POST of nothing gets where it is not 200, 400 or 422


def not_found(_persona: Persona) -> int:
    return 404


def forbidden_to_who_may_see_it(persona: Persona) -> int:
    return 403 if persona in READS_SUBMISSION else 404


RETURN = {"return_id": "mash-contacts"}
PERIOD = {"period": periods.parse("2025-26-Q1")}
THEME = {"theme": "front-door"}
INDICATOR = {"indicator_id": "FD03"}
TRAINING = {"kind": "courses"}
AGENCY = {"slug": "council"}

# Addresses about one submission get its number when they are tried: it is the council's.
ONE: dict[str, Any] = {"submission_id": None}
# These are made before the addresses are tried.
EDITION: dict[str, Any] = {"edition_id": None}
CHALLENGE: dict[str, Any] = {"challenge_id": None}

CHANGES_PLAN = frozenset({MANAGER, CHAIR})
PLAN_ACTIONS: dict[str, Any] = {"kind": "actions"}
PLAN_ACTION: dict[str, Any] = {"record_id": "action"}
KEEPS_REVIEWS = frozenset({MANAGER})
REVIEW: dict[str, Any] = {"review_id": None}
ROUND: dict[str, Any] = {"year": reviews_building.YEAR}

RULES: dict[str, Rule] = {
    # Open to all, see OPEN_TO_ALL; some of them send whoever is signed in to the first page
    "healthz": Rule(),
    "readyz": Rule(),
    "brand-css": Rule(),
    "accessibility": Rule(),
    "account_login": Rule(ok=302, posts=True),
    "account_inactive": Rule(),
    "account_reset_password": Rule(posts=True),
    "account_reset_password_done": Rule(),
    "account_reset_password_from_key": Rule(kwargs={"uidb36": "1", "key": "x-y"}, posts=True),
    "account_reset_password_from_key_done": Rule(),
    # one's own account
    "account_logout": Rule(posts=True),
    "account_change_password": Rule(posts=True),
    "account-tokens": Rule(posts=True),
    "account-token-revoke": Rule(ok=405, posts=True, empty=404),
    "account-drafts": Rule(),
    "draft-save": Rule(ok=405, posts=True),
    "draft-discard": Rule(ok=405, posts=True, empty=404),
    "draft-forget": Rule(ok=405, kwargs={"draft_id": 1}, posts=True, empty=404),
    # Figures
    "home": Rule(),
    "scorecard": Rule(),
    "scorecard-period": Rule(kwargs=PERIOD),
    "scorecard-csv": Rule(kwargs=PERIOD),
    "scorecard-pdf": Rule(kwargs=PERIOD),
    "dashboards": Rule(),
    "dashboard": Rule(kwargs=THEME),
    "indicators": Rule(),
    "dictionary": Rule(),
    "dictionary-file": Rule(),
    "indicator": Rule(kwargs=INDICATOR),
    "indicator-data": Rule(kwargs=INDICATOR | {"kind": "csv"}),
    "indicator-file": Rule(kwargs=INDICATOR | {"kind": "csv"}),
    "number": Rule(kwargs=INDICATOR | PERIOD),
    # What meetings work with
    "editions": Rule(),
    "edition": Rule(kwargs=EDITION),
    "edition-pdf": Rule(kwargs=EDITION),
    "edition-csv": Rule(kwargs=EDITION),
    "edition-row": Rule(kwargs=EDITION | INDICATOR),
    "edition-compare": Rule(),
    "edition-open": Rule(frozenset({MANAGER}), ok=405, kwargs=PERIOD, posts=True, empty=302),
    "edition-step": Rule(frozenset({CHAIR}), kwargs=EDITION | {"name": "approve"}, posts=True),
    "scorecard-row": Rule(kwargs=PERIOD | INDICATOR),
    "scorecard-row-file": Rule(kwargs=PERIOD | INDICATOR | {"kind": "xlsx"}),
    "meetings": Rule(ok=302),
    "meeting-days": Rule(posts=True, writers=frozenset({MANAGER})),
    "meeting-day-remove": Rule(
        frozenset({MANAGER}), ok=405, kwargs={"meeting_id": 1}, posts=True, empty=404
    ),
    "events": Rule(posts=True, writers=frozenset({MANAGER})),
    "event-remove": Rule(
        frozenset({MANAGER}), ok=405, kwargs={"event_id": 0}, posts=True, empty=404
    ),
    "agencies": Rule(posts=True, writers=frozenset({MANAGER})),
    "agency-replacement": Rule(frozenset({MANAGER}), kwargs=AGENCY, posts=True),
    "agency-go-on": Rule(frozenset({MANAGER}), ok=405, kwargs=AGENCY, posts=True, empty=302),
    "agency-remove": Rule(frozenset({MANAGER}), ok=405, kwargs=AGENCY, posts=True, empty=302),
    "meeting": Rule(kwargs=PERIOD),
    "meeting-word": Rule(kwargs=PERIOD),
    "meeting-pdf": Rule(kwargs=PERIOD),
    "search": Rule(),
    "reports": Rule(),
    "panel-file": Rule(kwargs=THEME | {"place": 0, "kind": "csv"}),
    "views": Rule(),
    "view-save": Rule(ok=405, posts=True, empty=302),
    "view-forget": Rule(ok=405, kwargs={"view_id": 1}, posts=True, empty=404),
    "commentary": Rule(kwargs=INDICATOR, posts=True, writers=EVERYBODY - {EXECUTIVE, SCRUTINEER}),
    "challenges": Rule(),
    "challenge-new": Rule(RAISES, posts=True),
    "challenge": Rule(kwargs=CHALLENGE, posts=True, empty=403),
    "deep-dive": Rule(kwargs=CHALLENGE),
    "challenge-file": Rule(kwargs=CHALLENGE | {"entry_id": 0}, ok=404),
    "challenge-words-out": Rule(
        frozenset({MANAGER}), ok=404, kwargs=CHALLENGE | {"entry_id": 0}, posts=True, empty=404
    ),
    "commentary-words-out": Rule(
        frozenset({MANAGER}), ok=404, kwargs={"commentary_id": 0}, posts=True, empty=404
    ),
    "setting-words-out": Rule(
        frozenset({MANAGER}), ok=404, kwargs={"setting_id": 0}, posts=True, empty=404
    ),
    "rebase-words-out": Rule(
        frozenset({MANAGER}), ok=404, kwargs={"rebase_id": 0}, posts=True, empty=404
    ),
    "comparable-words-out": Rule(
        frozenset({MANAGER}), ok=404, kwargs={"comparable_id": 0}, posts=True, empty=404
    ),
    # What is sent
    "signals": Rule(),
    "claims": Rule(posts=True),
    "indicator-settings": Rule(frozenset({MANAGER}), kwargs=INDICATOR, posts=True),
    "indicator-proposals": Rule(posts=True, empty=403),  # all may read, some may propose
    "indicator-proposal-decide": Rule(
        frozenset({MANAGER, CHAIR}), ok=404, kwargs={"proposal_id": 1}, posts=True, empty=404
    ),
    "rebases": Rule(frozenset({MANAGER, SUBGROUP, CHAIR}), kwargs=INDICATOR, posts=True),
    "comparable": Rule(
        frozenset({MANAGER, SUBGROUP, CHAIR}),
        ok=405,
        kwargs=INDICATOR | {"period": periods.parse("2024-04")},
        posts=True,
        empty=302,
    ),
    "comparable-remove": Rule(
        frozenset({MANAGER, SUBGROUP, CHAIR}),
        ok=405,
        kwargs={"comparable_id": 1},
        posts=True,
        empty=404,
    ),
    "rebase-remove": Rule(
        frozenset({MANAGER, SUBGROUP, CHAIR}),
        ok=405,
        kwargs={"rebase_id": 1},
        posts=True,
        empty=404,
    ),
    "returns": Rule(),
    "calendar-kept": Rule(),
    "calendar": Rule(),
    "calendar-exemptions": Rule(frozenset({MANAGER}), posts=True),
    "calendar-exemption-end": Rule(
        frozenset({MANAGER}), ok=405, kwargs={"exemption_id": 1}, posts=True, empty=404
    ),
    "mappings": Rule(LISTS_SUBMISSIONS, not_found),
    "mapping-approve": Rule(
        frozenset({MANAGER}), ok=405, kwargs={"mapping_id": 1}, posts=True, empty=404
    ),
    "mapping-revoke": Rule(
        LISTS_SUBMISSIONS, not_found, ok=405, kwargs={"mapping_id": 1}, posts=True, empty=404
    ),
    "account": Rule(posts=True),
    "return": Rule(kwargs=RETURN),
    "return-upload": Rule(SENDERS, kwargs=RETURN, posts=True),
    "return-template": Rule(kwargs=RETURN),
    "return-template-xlsx": Rule(kwargs=RETURN),
    "return-schema": Rule(kwargs=RETURN),
    # What was sent
    "submissions": Rule(LISTS_SUBMISSIONS, not_found),
    "submission": Rule(READS_SUBMISSION, not_found, kwargs=ONE),
    "submission-progress": Rule(READS_SUBMISSION, not_found, kwargs=ONE),
    "submission-problems": Rule(READS_SUBMISSION, not_found, kwargs=ONE),
    "submission-file": Rule(READS_SUBMISSION, not_found, kwargs=ONE),
    "submission-submit": Rule(
        WITHDRAWS, forbidden_to_who_may_see_it, ok=405, kwargs=ONE, posts=True
    ),
    "submission-sign-off": Rule(
        frozenset({COUNCIL}), forbidden_to_who_may_see_it, ok=405, kwargs=ONE, posts=True
    ),
    "submission-discard": Rule(
        WITHDRAWS, forbidden_to_who_may_see_it, ok=405, kwargs=ONE, posts=True
    ),
    "submission-map": Rule(
        WITHDRAWS, forbidden_to_who_may_see_it, kwargs=ONE, posts=True, empty=404
    ),
    "submission-check-again": Rule(
        WITHDRAWS, forbidden_to_who_may_see_it, ok=405, kwargs=ONE, posts=True, empty=302
    ),
    "submission-withdraw": Rule(WITHDRAWS, forbidden_to_who_may_see_it, kwargs=ONE, posts=True),
    # The business plan
    "priorities": Rule(),
    "plan": Rule(),
    "plan-word": Rule(),
    "plan-pdf": Rule(),
    "priority": Rule(kwargs={"priority_id": None}),
    "priority-word": Rule(kwargs={"priority_id": None}),
    "priority-pdf": Rule(kwargs={"priority_id": None}),
    "priority-answer": Rule(CHANGES_PLAN, kwargs={"priority_id": None}, posts=True),
    "priorities-list": Rule(kwargs=PLAN_ACTIONS),
    "priorities-csv": Rule(kwargs=PLAN_ACTIONS),
    "priorities-new": Rule(CHANGES_PLAN, kwargs=PLAN_ACTIONS, posts=True),
    "priorities-record": Rule(kwargs=PLAN_ACTIONS | PLAN_ACTION),
    "priorities-edit": Rule(CHANGES_PLAN, kwargs=PLAN_ACTIONS | PLAN_ACTION, posts=True),
    "action-report": Rule(CHANGES_PLAN | {COUNCIL}, kwargs={"action_id": None}, posts=True),
    "action-milestones": Rule(
        CHANGES_PLAN | {COUNCIL}, ok=405, kwargs={"action_id": None}, posts=True
    ),
    # Reviews
    "api-reviews": Rule(),
    "reviews": Rule(),
    "reviews-csv": Rule(),
    "review-new": Rule(KEEPS_REVIEWS, posts=True),
    "review-take-over": Rule(KEEPS_REVIEWS, posts=True),
    "review": Rule(kwargs=REVIEW, posts=True, empty=403),
    "review-change": Rule(KEEPS_REVIEWS, kwargs=REVIEW, posts=True),
    "review-summary-word": Rule(kwargs=REVIEW),
    "review-summary-pdf": Rule(kwargs=REVIEW),
    "review-day": Rule(KEEPS_REVIEWS, kwargs=REVIEW | {"change_id": None}, posts=True),
    "review-judge": Rule(KEEPS_REVIEWS, kwargs=REVIEW, posts=True),
    "review-part-new": Rule(KEEPS_REVIEWS, kwargs=REVIEW | {"what": "finding"}, posts=True),
    "review-part": Rule(
        KEEPS_REVIEWS, kwargs=REVIEW | {"what": "case", "part_id": None}, posts=True
    ),
    "recommendation-evidence": Rule(
        # nothing filled in is no proof yet, and is kept as that
        KEEPS_REVIEWS,
        kwargs={"recommendation_id": None},
        posts=True,
        empty=302,
    ),
    "recommendation-action-new": Rule(
        KEEPS_REVIEWS, kwargs={"recommendation_id": None}, posts=True
    ),
    "review-actions": Rule(),
    "review-actions-csv": Rule(),
    "review-action": Rule(
        frozenset({MANAGER, COUNCIL}), kwargs={"review_action_id": None}, posts=True
    ),
    "review-action-change": Rule(KEEPS_REVIEWS, kwargs={"review_action_id": None}, posts=True),
    "history-out": Rule(CHANGES_PLAN, kwargs={"event_id": None}, posts=True),
    "review-history-out": Rule(KEEPS_REVIEWS, kwargs={"history_id": None}, posts=True),
    "review-themes": Rule(),
    "review-themes-csv": Rule(),
    "review-findings": Rule(),
    "review-findings-csv": Rule(),
    "review-recommendations": Rule(),
    "review-recommendations-csv": Rule(),
    "review-passed-on": Rule(),
    "review-passed-on-csv": Rule(),
    "section-11-answers": Rule(),
    "section-11-answers-csv": Rule(),
    "review-theme-new": Rule(KEEPS_REVIEWS, posts=True),
    "review-theme": Rule(KEEPS_REVIEWS, kwargs={"theme_id": None}, posts=True),
    "review-report": Rule(),
    "review-report-word": Rule(kwargs=ROUND),
    "review-report-pdf": Rule(kwargs=ROUND),
    "section-11": Rule(),
    "section-11-new": Rule(KEEPS_REVIEWS, posts=True),
    "section-11-change": Rule(KEEPS_REVIEWS, kwargs=ROUND, posts=True),
    "section-11-standard-new": Rule(KEEPS_REVIEWS, posts=True),
    "section-11-standard": Rule(KEEPS_REVIEWS, kwargs={"number": 5}, posts=True),
    "section-11-round": Rule(kwargs=ROUND),
    "section-11-csv": Rule(),
    "section-11-round-csv": Rule(kwargs=ROUND),
    "section-11-agency": Rule(kwargs=ROUND | {"agency": "council"}, posts=True, empty=403),
    "section-11-challenge": Rule(
        EVERYBODY - {SUBGROUP}, kwargs={"assessment_id": None}, posts=True
    ),
    "section-11-action-new": Rule(
        frozenset({MANAGER, COUNCIL}), kwargs={"assessment_id": None}, posts=True
    ),
    "section-11-answer": Rule(frozenset({COUNCIL}), kwargs={"peer_id": None}, posts=True),
    "section-11-close": Rule(KEEPS_REVIEWS, ok=405, kwargs=ROUND, posts=True, empty=302),
    # Training
    "training": Rule(),
    "training-csv": Rule(),
    "training-agencies": Rule(),
    "training-agencies-csv": Rule(),
    "training-report": Rule(kwargs=PERIOD),
    "training-report-word": Rule(kwargs=PERIOD),
    "training-report-pdf": Rule(kwargs=PERIOD),
    "training-report-write": Rule(frozenset({MANAGER}), kwargs=PERIOD, posts=True),
    "training-send": Rule(frozenset({MANAGER}), posts=True),
    "training-records": Rule(kwargs=TRAINING),
    "training-records-csv": Rule(kwargs=TRAINING),
    "training-record-add": Rule(frozenset({MANAGER}), kwargs=TRAINING, posts=True),
    # nobody's record: tests/training tries those of one that is there
    "training-record": Rule(ok=404, kwargs=TRAINING | {"record_id": 1}),
    "training-record-edit": Rule(
        frozenset({MANAGER}), ok=404, kwargs=TRAINING | {"record_id": 1}, posts=True, empty=404
    ),
    "training-record-remove": Rule(
        frozenset({MANAGER}), ok=404, kwargs=TRAINING | {"record_id": 1}, posts=True, empty=404
    ),
    # API
    "api-root": Rule(),
    "api-schema": Rule(),
    "api-docs": Rule(),
    "api-areas": Rule(),
    "api-returns": Rule(),
    "api-return": Rule(kwargs=RETURN),
    "api-return-schema": Rule(kwargs=RETURN),
    "api-return-template": Rule(kwargs=RETURN),
    "api-submissions": Rule(LISTS_SUBMISSIONS, not_found, posts=True),
    "api-submission": Rule(READS_SUBMISSION, not_found, kwargs=ONE),
    "api-submission-problems": Rule(READS_SUBMISSION, not_found, kwargs=ONE),
    "api-submission-withdraw": Rule(
        WITHDRAWS, forbidden_to_who_may_see_it, ok=405, kwargs=ONE, posts=True
    ),
    "api-indicators": Rule(),
    "api-indicator": Rule(kwargs=INDICATOR),
    "api-observations": Rule(),
    "api-scorecard": Rule(kwargs=PERIOD),
    "api-console": Rule(),
    "api-editions": Rule(),
    "api-edition": Rule(kwargs=EDITION),
    "api-challenges": Rule(),
    "api-signals": Rule(),
    "api-priorities": Rule(),
    "api-training": Rule(),
    "api-training-programme": Rule(),
    "api-training-commentary": Rule(),
    "api-plan-actions": Rule(),
    "api-nothing": Rule(ok=404, kwargs={"rest": "nothing/"}),
}


def patterns(entries: list[Any]) -> Iterator[URLPattern]:
    for entry in entries:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry.url_patterns)


def send(agency: str, person_role: str = Role.ANALYST) -> Submission:
    """A file that the agency's analyst sent and that was accepted."""
    submission = actions.receive(
        by=factories.person(person_role, agency),
        return_id="mash-contacts",
        agency=factories.agency(agency),
        area=factories.area(),
        period=periods.parse("2025-04"),
        filename="april.csv",
        content=b"month,source,issue,outcome,count\n2025-04,all,all,all,61\n",
    )
    actions.process(submission_id=submission.pk)
    submission.refresh_from_db()
    assert submission.state == State.ACCEPTED
    return submission


@pytest.fixture(autouse=True)
def _no_attempts_counted() -> None:
    """Addresses of sign-in count attempts; each test starts from none."""
    cache.clear()


@pytest.fixture(autouse=True)
def _only_answers_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's client keeps a copy of all that a page was made from; here only the answer is asked about."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)


@pytest.fixture(scope="module")
def submission(shared_db: None) -> Submission:
    sent = send("council")
    quarter = periods.parse("2025-26-Q1").previous()
    frozen.freeze(by=factories.person(Role.MANAGER), area=sent.area, quarter=quarter)
    raise_challenge(
        by=factories.person(Role.CHAIR),
        question="What explains this?",
        agency=sent.agency,
        area=sent.area,
        due=timezone.localdate(),
        indicator="FD01",
    )
    building.action(sent.agency)
    reviews_building.build()
    return sent


def address(name: str, submission: Submission) -> str:
    kwargs = dict(RULES[name].kwargs)
    if "submission_id" in kwargs:
        kwargs["submission_id"] = submission.pk
    if "edition_id" in kwargs:
        kwargs["edition_id"] = Edition.objects.latest("pk").pk
    if "challenge_id" in kwargs:
        kwargs["challenge_id"] = Challenge.objects.latest("pk").pk
    if "priority_id" in kwargs:
        kwargs["priority_id"] = Priority.objects.latest("pk").pk
    for key in ("action_id", "record_id"):
        if kwargs.get(key, "") in (None, "action"):
            kwargs[key] = PlanAction.objects.latest("pk").pk
    if "event_id" in kwargs:
        lines = AuditEvent.objects.filter(object_type=PlanAction._meta.label_lower)
        kwargs["event_id"] = lines.latest("pk").pk
    for key, model in reviews_building.NUMBERED.items():
        if kwargs.get(key, "") is None:
            kwargs[key] = model._default_manager.latest("pk").pk
    return reverse(name, kwargs=kwargs)


@pytest.fixture(scope="module")
def addresses(submission: Submission) -> dict[str, str]:
    """Every address of the product by its name."""
    return {name: address(name, submission) for name in RULES}


def is_refused_signed_out(answer: HttpResponse, where: str) -> bool:
    if where.startswith("/api/"):
        return answer.status_code in (401, 403)
    return answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")


@ONCE
def test_every_address_has_a_rule_and_every_rule_an_address():
    found = {
        pattern.name or str(pattern.pattern) for pattern in patterns(get_resolver().url_patterns)
    }
    assert found == set(RULES), "give each address its rule here, and take away those that are gone"
    assert set(RULES) >= OPEN_TO_ALL


@pytest.mark.parametrize("persona", READERS, ids=lambda persona: persona.name)
def test_who_may_open_what(persona, addresses, monkeypatch):
    client = personas.client_of(persona)
    if (
        persona is not MANAGER
    ):  # a paper is made once; whether others may have it is known before it is laid out
        for name in ("word", "pdf", "print_sheet"):
            monkeypatch.setattr(papers, name, lambda *_, **__: b"a paper")
    wrong = []
    for name, rule in RULES.items():
        if name in OPEN_TO_ALL and not persona.let_in:
            continue
        where = addresses[name]
        answer = client.get(where)
        if not persona.let_in:
            right = is_refused_signed_out(answer, where)
        else:
            expected = rule.ok if persona in rule.may else rule.otherwise(persona)
            # what may only be posted answers a GET with 405 to everybody
            right = answer.status_code == (405 if rule.ok == 405 else expected)
        if not right:
            wrong.append(f"GET {where} -> {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@ONCE
def test_what_is_open_to_all_answers_somebody_signed_out(addresses):
    for name in OPEN_TO_ALL:
        assert Client().get(addresses[name]).status_code == 200, name


@pytest.fixture(scope="module")
def asked_by(addresses: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """The methods to try at each address. That it knows no such method (405) is said of the address and not of the
    person, so that what it says so of to the manager needs not be asked by everybody again."""
    client = personas.client_of(MANAGER)
    return {
        name: (
            *(one for one in UNUSED if getattr(client, one)(where).status_code != 405),
            "post",
        )
        for name, where in addresses.items()
        if name not in OPEN_TO_ALL and name != "account_logout"
    }


@ONCE
def test_hardly_an_address_knows_a_method_that_the_product_does_not_use(asked_by):
    found = {name for name, methods in asked_by.items() if methods != ("post",)}
    # what is nowhere says so to every method; to the form of a library a PUT is a POST
    assert found <= {"api-nothing", "account_change_password"}


@ONCE
@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)
def test_who_may_send_what(persona, submission, addresses, asked_by):
    client = personas.client_of(persona)
    wrong = []
    for name, method in (
        (name, method)
        for name, methods in asked_by.items()
        for method in (methods if persona.let_in else (*UNUSED, "post"))
    ):
        rule, where = RULES[name], addresses[name]
        answer = getattr(client, method)(where)
        status = answer.status_code
        if not persona.let_in:
            right = is_refused_signed_out(answer, where)
        elif method in ("patch", "delete") or not rule.posts:
            right = status in (403, 404, 405)
        elif persona in (rule.may if rule.writers is None else rule.writers):
            # nothing was filled in, and the page says so
            right = status in (200, 400, 422, rule.empty)
        else:
            right = status in (400, 403, 404, 405)
        if not right:
            wrong.append(f"{method.upper()} {where} -> {status}")
    assert not wrong, "\n".join(wrong)
    submission.refresh_from_db()
    assert submission.state == State.ACCEPTED


@ONCE
def test_signing_out_is_there_for_everybody(submission):
    for persona in SIGNED_IN:
        client = personas.client_of(persona)
        assert client.post("/accounts/logout/").status_code == 302
        assert client.get("/").status_code == 302


@ONCE
@pytest.mark.parametrize(
    "name", [name for name, rule in RULES.items() if rule.kwargs is ONE], ids=str
)
def test_another_agencys_submission_looks_exactly_like_one_that_does_not_exist(
    name, submission, addresses
):
    client = personas.client_of(POLICE)
    there = client.get(addresses[name])
    nowhere = client.get(reverse(name, kwargs={"submission_id": submission.pk + 1000}))
    assert there.status_code == nowhere.status_code
    assert len(there.content) == len(nowhere.content) or there.status_code == 404
