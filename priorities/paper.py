"""The plan and a priority's impact for paper: what their pages say, as lscb Papers."""

from collections.abc import Iterator, Sequence
from datetime import date

from lscb.days import day_words
from lscb.numbers import format_count, plural
from lscb.papers import Paper, Section, Table
from priorities.impact import Impact
from priorities.models import Campaign, Judgement, Priority, Risk, Voice
from priorities.rag import RULE
from priorities.report import BESIDE, Chapter, Judged, Plan

ACTIONS = (
    "Action",
    "Who",
    "Due",
    "Status",
    "What is different for children, and how that is known",
)
NOT_SHOWN = "not shown yet"


def of_plan(plan: Plan) -> Paper:
    """The business plan of an area."""
    tallies = [f"{one.rag.words}: {plural(one.count, 'action')}" for one in plan.tallies]
    rule = Section("How the status is decided", points=[f"{one.words}: {one.why}" for one in RULE])
    return Paper(
        title=f"Business plan, {plan.area.name}, {day_words(plan.today)}",
        sentences=[f"{'; '.join(tallies)}."] if tallies else ["No action is on the plan."],
        sections=[
            *(part for chapter in plan.chapters for part in _chapter(chapter)),
            _risks("Risks to all of it", plan.risks),
            *([_actions(BESIDE, plan.beside)] if plan.beside else []),
            _campaigns(plan.campaigns),
            _voices(plan.voices),
            rule,
        ],
        synthetic=plan.area.synthetic,
    )


def of_impact(found: Impact, today: date) -> Paper:
    """One priority: is it making a difference?"""
    return Paper(
        title=f"{found.priority}: is it making a difference? {found.priority.area.name}, {day_words(today)}",
        sentences=[found.priority.outcomes, *_answer(found.answer)],
        sections=list(_of_impact(found)),
        synthetic=found.priority.area.synthetic,
    )


def _of_impact(found: Impact) -> Iterator[Section]:
    glances = [f"{one.title}: {one.words}" for one in found.glances]
    yield Section("What the evidence comes to", points=glances)
    yield Section("What is missing for an answer", points=found.gaps, none="Nothing.")
    rows = [
        (
            f"{row.title} ({row.id})",
            f"{row.value} {row.value_note}".strip(),
            row.variation.words,
            row.says,
        )
        for row in found.known
    ]
    yield Section(
        "What the indicators show",
        table=Table(("Indicator", "Latest", "Variation", "What this tells us"), rows),
        none="None of the chosen indicators has a number yet.",
    )
    stand = [one.words for one in found.signals]
    yield Section("Signals that stand", points=stand, none="None for these indicators.", level=2)
    yield _actions("What was done", found.actions)
    for kind in found.linked:
        rows_of = [
            (
                f"{one.title} ({one.kind})",
                one.showed or "not recorded",
                one.followed or "not recorded",
            )
            for one in kind.items
        ]
        yield Section(
            kind.title,
            table=Table(("What", "What it showed", "What came of it"), rows_of),
            none="Nothing was chosen as evidence.",
        )
    yield _voices(found.voices)
    yield _campaigns(found.campaigns)
    yield _risks("Open risks", found.risks)
    yield Section("Why it was chosen", sentences=_why(found.priority))


def _chapter(chapter: Chapter) -> Iterator[Section]:
    priority = chapter.priority
    sentences = [priority.outcomes, *_answer(chapter.answer), *_led(priority)]
    yield Section(priority.title, sentences=sentences)
    yield _actions("Actions", chapter.actions, level=2)
    if chapter.risks:
        yield _risks("Risks", chapter.risks, level=2)


def _answer(answer: Judgement | None) -> list[str]:
    if answer is None:
        return ["Are we making a difference? The executive has not answered this yet."]
    said = f"Are we making a difference? {answer.get_verdict_display()}, agreed on {day_words(answer.agreed_on)}: "
    follows = [f"What follows: {answer.next_step}"] if answer.next_step else []
    moved = [f"Figures in it have moved since: {'; '.join(answer.moved)}."] if answer.moved else []
    return [said + answer.because, *follows, *moved]


def _led(priority: Priority) -> list[str]:
    lead = ", ".join(
        filter(None, (priority.lead.name if priority.lead else "", priority.lead_words))
    )
    found = (
        f"Led by: {lead}." if lead else "",
        f"Shared with: {priority.shared_with}." if priority.shared_with else "",
        f"Source: {priority.source}." if priority.source else "",
    )
    return [" ".join(filter(None, found))] if any(found) else []


def _why(priority: Priority) -> list[str]:
    found = (
        priority.why,
        f"Reviews: {priority.from_reviews}" if priority.from_reviews else "",
        f"Audits: {priority.from_audits}" if priority.from_audits else "",
        *_led(priority),
    )
    return [one for one in found if one]


def _actions(title: str, actions: Sequence[Judged], level: int = 1) -> Section:
    rows = []
    for one in actions:
        act = one.action
        agency = act.agency.name if act.agency else ""
        rows.append(
            (
                act.title,
                ", ".join(filter(None, (act.owned_by, agency))) or "nobody yet",
                day_words(act.due) if act.due else "not stated",
                one.rag.words,
                " ".join(filter(None, (act.different, act.known_by))) or NOT_SHOWN,
            )
        )
    return Section(title, table=Table(ACTIONS, rows), none="No action yet.", level=level)


def _risks(title: str, risks: Sequence[Risk], level: int = 1) -> Section:
    rows = [(one.title, one.level.words, one.movement, one.mitigation) for one in risks]
    columns = ("Risk", "Level", "Movement", "What is done about it")
    return Section(title, table=Table(columns, rows), none="None is recorded.", level=level)


def _campaigns(campaigns: Sequence[Campaign]) -> Section:
    rows = [
        (one.title, one.about, "; ".join(one.reached) or "not stated", one.outcome or "not known")
        for one in campaigns
    ]
    columns = ("Campaign or project", "What it is for", "Reach", "Outcome")
    return Section("Campaigns and projects", table=Table(columns, rows), none="None is recorded.")


def _voices(voices: Sequence[Voice]) -> Section:
    rows = [
        (one.activity, _who(one), one.said, one.did or "nothing yet", one.standing)
        for one in voices
    ]
    columns = ("How they were asked", "Who was heard", "You said", "We did", "Standing")
    return Section("You said, we did", table=Table(columns, rows), none="Nothing is recorded.")


def _who(voice: Voice) -> str:
    heard = "not counted" if voice.heard is None else f"{format_count(voice.heard)} heard"
    return f"{voice.who}, {voice.period.label}, {heard}"
