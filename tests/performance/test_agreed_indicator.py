"""What is proposed and agreed in the browser becomes an indicator: fed, computed, shown and documented, without code."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.core.exceptions import PermissionDenied
from django.test import Client

from lscb.definition_files import DefinitionError
from lscb.models import AuditEvent
from performance import actions, definitions
from performance.actions import agreement
from performance.actions.agreement import Agreement
from performance.actions.catalogue import SettingRefused
from performance.indicators import dictionary
from performance.indicators.spec import indicators
from performance.intake.spec import returns
from performance.models import ProposedIndicator
from performance.queries import observations
from performance.tasks import delete_strays
from tests import factories
from tests.performance.conftest import LUTON, Send
from tests.performance.new_definition import SEEN_BY_POLICE

PROPOSED = {
    "title": "Children waiting for therapy",
    "theme": "Health",
    "definition": "Children on the list at the end of the month.",
    "why": "Waiting harms.",
    "unit": "percent",
    "numerator_words": "children who wait over four weeks",
    "denominator_words": "children on the list",
    "sender": "Health, therapy team",
}
HOW = {
    "owner": "health",
    "item": "",
    "over_time": "last",
    "polarity": "low",
    "frequency": "monthly",
    "strand": "data",
}


@pytest.fixture
def own(tmp_path: Path, settings) -> Iterator[Path]:
    """An installation whose own indicators lie in an empty folder."""
    settings.DATA_DIR = tmp_path
    definitions.use_own(tmp_path / "indicators")
    yield tmp_path / "indicators"
    definitions.use_own(None)


def propose(**more: str) -> ProposedIndicator:
    return actions.propose_indicator(by=factories.person("subgroup"), fields=PROPOSED | more)


def agree(manager, proposal: ProposedIndicator, **more: str):
    return actions.agree_to_proposal(
        by=manager, proposal=proposal, answer="Agreed.", agreement=Agreement(**(HOW | more))
    )


def test_an_agreed_proposal_is_fed_computed_shown_and_documented(own: Path, send: Send, manager):
    proposal = propose()
    client = Client()
    client.force_login(manager)
    address = f"/indicators/proposals/{proposal.pk}/decide/"
    assert "Children on the list" in client.get(address).content.decode()
    answer = client.post(address, HOW | {"decision": "agree", "answer": "From April."}, follow=True)
    page = answer.content.decode()
    assert "Children waiting for therapy is an indicator now: LI01." in page
    assert "Agreed; first definition." in page
    assert "LI01" in client.get("/indicators/proposals/").content.decode()
    listed = client.get("/indicators/?q=LI01").content.decode()
    assert "Children waiting for therapy" in listed
    assert "Not yet collected" in listed

    assert "li01" in returns()["figures"].items
    sent = send(
        "period,item,breakdown,category,numerator,denominator,value\n"
        "2024-04,li01,all,all,12,40,\n2024-05,li01,all,all,15,50,\n2024-06,li01,all,all,9,45,\n",
        return_id="figures",
        agency="health",
    )
    assert sent.state == "accepted", list(sent.problems.values_list("message", flat=True))
    months = observations.series("LI01", LUTON, "month")
    assert [one.value for one in months] == [30, 30, 20]
    (quarter,) = [one for one in observations.series("LI01", LUTON, "quarter") if one.is_reported]
    assert quarter.value == 20, "the number at its end"
    page = client.get("/indicators/LI01/?period=quarter").content.decode()
    assert "Children waiting for therapy stood at 20.0%" in page
    assert "Other areas only" in client.get("/indicators/?q=LI01&area=E06000055").content.decode()
    assert "Children on the list at the end of the month." in dictionary.data_dictionary()
    told = AuditEvent.objects.get(action="agreed proposed indicator")
    assert (told.person_id, told.details["indicator"]) == (manager.pk, "LI01")


@pytest.mark.once
def test_nobody_agrees_to_a_proposal_of_their_own_and_the_chair_agrees_to_the_managers(
    own: Path, places: None, manager
):
    proposal = actions.propose_indicator(by=manager, fields=PROPOSED)
    address = f"/indicators/proposals/{proposal.pk}/decide/"
    client = Client()
    client.force_login(manager)
    page = client.get(address).content.decode()
    assert "somebody else has to agree to it" in page
    assert "If you agree" not in page
    answer = client.post(address, HOW | {"decision": "agree", "answer": "Yes."})
    assert answer.status_code == 422
    assert "somebody else has to agree to it" in answer.content.decode()
    with pytest.raises(PermissionDenied):
        agree(manager, proposal)
    assert not own.exists()
    chair = factories.person("chair")
    client.force_login(chair)
    assert "Answer" in client.get("/indicators/proposals/").content.decode()
    answer = client.post(address, HOW | {"decision": "agree", "answer": "Yes."}, follow=True)
    assert "is an indicator now: LI01." in answer.content.decode()
    spec = indicators()["LI01"]
    assert (spec.author, spec.checker) == (manager.name, chair.name)
    answer = client.get(address, follow=True)
    assert "it was decided already" in answer.content.decode()


def test_who_proposed_an_indicator_takes_it_back_by_declining_it(own: Path, places: None, manager):
    proposal = actions.propose_indicator(by=manager, fields=PROPOSED)
    actions.decline_proposal(by=manager, proposal=proposal, answer="Asked too soon.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == ("declined", "Asked too soon.")


@pytest.mark.once
def test_it_is_computed_from_what_is_held_already(own: Path, send: Send, manager):
    send(
        "period,item,breakdown,category,numerator,denominator,value\n"
        "2023-24,section-47-enquiries,all,all,300,,\n2023-24,population-0-17,all,all,60000,,\n",
        return_id="figures",
        agency="council",
        period="2023-24",
    )
    spec = agree(
        manager,
        propose(unit="rate per 10,000", denominator_words="children aged 0 to 17"),
        item="section-47-enquiries",
        over_time="sum",
    )
    (year,) = observations.series(spec.id, LUTON, "year")
    assert (year.value, spec.aggregation) == (50, "ratio of sums")


@pytest.mark.once
def test_what_the_schema_refuses_leaves_nothing(own: Path, places: None, manager):
    proposal = propose()
    with pytest.raises(SettingRefused, match="It cannot be computed so"):
        agree(manager, proposal, owner="nobody")
    assert not own.exists()
    proposal.refresh_from_db()
    assert proposal.state == "proposed"
    assert "LI01" not in indicators()


def test_a_figure_of_the_same_title_is_chosen_and_not_made_twice(own: Path, places: None, manager):
    with pytest.raises(SettingRefused, match="There is a figure of this title"):
        agree(manager, propose(title="Children aged 0 to 17"))
    assert not own.exists()


def test_two_agreed_proposals_have_ids_of_their_own(own: Path, places: None, manager):
    made = [agree(manager, propose(title=title)).id for title in ("Waiting", "Seen")]
    assert made == ["LI01", "LI02"]
    assert list(indicators())[-2:] == made
    assert yaml.safe_load((own / "LI02.yaml").read_text())["title"] == "Seen"


@pytest.mark.once
def test_what_was_written_before_the_agreement_was_stored_is_no_indicator_and_in_nobodys_way(
    own: Path, places: None, manager, monkeypatch
):
    def killed(path: Path) -> None:
        (own / "left").write_bytes(path.read_bytes())
        raise KeyboardInterrupt

    proposal = propose()
    with monkeypatch.context() as patch:
        patch.setattr(agreement, "compute", killed)
        with pytest.raises(KeyboardInterrupt):
            agree(manager, proposal)
    # as a process leaves it that is killed then
    (own / "left").rename(own / "agreeing" / "LI01.yaml")
    assert "LI01" not in indicators()
    assert "li01" not in returns()["figures"].items
    assert agree(manager, proposal).id == "LI01"
    assert [path.name for path in own.rglob("*.yaml")] == ["LI01.yaml"]


@pytest.mark.once
def test_an_agreement_that_was_stored_is_finished_where_its_process_was_killed(
    own: Path, places: None, manager, monkeypatch
):
    def killed(path: Path) -> None:
        definitions.read_no_more(path)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(agreement, "keep", killed)
        with pytest.raises(KeyboardInterrupt):
            agree(manager, propose())
    assert "LI01" not in indicators()
    delete_strays()
    assert indicators()["LI01"].title == PROPOSED["title"]
    assert [str(path.relative_to(own)) for path in own.rglob("*.yaml")] == ["LI01.yaml"]


def test_another_process_reads_it_with_its_next_request(own: Path, places: None, manager):
    agree(manager, propose())
    text = (own / "LI01.yaml").read_text(encoding="utf-8")
    (own / "LI02.yaml").write_text(
        text.replace("LI01", "LI02").replace("li01", "li02").replace("therapy", "a bed")
    )
    assert "LI02" not in indicators()
    client = Client()
    client.force_login(manager)
    assert client.get("/indicators/LI02/").status_code == 200


FED_BY_POLICE = SEEN_BY_POLICE.replace("DA90", "LI02")
PRINTED = """\
numerator_words: children
published: li02
"""


def put(own: Path, text: str) -> None:
    own.mkdir(parents=True)
    (own / "LI02.yaml").write_text(text, encoding="utf-8")
    definitions.forget()


@pytest.mark.once
def test_an_own_file_may_be_fed_by_a_dataset_as_the_programs_files_are(
    own: Path, send: Send, manager
):
    put(own, FED_BY_POLICE)
    send("month,kind,count\n2024-04,crime,60\n2024-04,incident,40\n", period="2024-04")
    [observed] = observations.series("LI02", LUTON, "month")
    assert observed.value == 100
    client = Client()
    client.force_login(manager)
    assert client.get("/indicators/LI02/").status_code == 200
    assert "li02" not in returns()["figures"].items


def test_an_own_file_may_be_fed_by_a_printed_value_of_its_own(own: Path):
    first, _, rest = FED_BY_POLICE.partition("numerator_words:")
    put(own, first + PRINTED + rest[rest.index("source:") :])
    assert indicators()["LI02"].published == "li02"
    assert "li02" in returns()["figures"].items


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FED_BY_POLICE.replace("dataset: PoliceDomesticAbuse", "where: police"), "numerator"),
        (FED_BY_POLICE.replace("title: Domestic", "title: [Domestic"), "line"),
        ("- only a list\n", "LI02.yaml"),
    ],
    ids=["a wrong field", "no YAML", "no definition"],
)
def test_an_own_file_that_is_wrong_is_named_with_what_is_wrong(own: Path, text: str, said: str):
    put(own, text)
    returns()  # a figure of its own is not asked for before the file can be read
    with pytest.raises(DefinitionError, match=said) as refused:
        indicators()
    assert "LI02.yaml" in str(refused.value)
