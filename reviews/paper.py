"""Reviews on paper: the year's report and one review's summary, as lscb Papers."""

from collections.abc import Iterator, Sequence

from lscb.days import day_words
from lscb.papers import Paper, Section, Table
from reviews.models import (
    Action,
    Assessment,
    Dissemination,
    Finding,
    Judgement,
    PeerChallenge,
    Recommendation,
    Review,
)
from reviews.queries import Answer, ThemeRow
from reviews.report import NOT_STATED, Answered, Learned, Report, said_figures

LEFT_OUT = "Restricted reviews are left out."
NOT_SENT = "not sent"


def paper(report: Report) -> Paper:
    """The report as a description that Word and PDF are made of."""
    return Paper(
        title=f"Learning from reviews, audits and section 11, {report.label}",
        sentences=[*report.sentences, LEFT_OUT],
        sections=list(_sections(report)),
    )


def summary(review: Review, findings: Sequence[Finding], asked: Sequence[Recommendation]) -> Paper:
    """A review on a page, for those who are to learn from it: what it is about, what it found, what it asks for."""
    themes = sorted({theme.name for one in findings for theme in one.themes.all()})
    about = [text for text in (review.summary, review.scope) if text]
    return Paper(
        title=review.title,
        sentences=[f"{review.spec.words}, {review.year_label}. {review.stands.words}.", *about],
        sections=[
            Section(
                "What went well",
                points=_told(findings, Finding.Kind.STRENGTH, review.strengths),
                none="No strength was entered yet.",
            ),
            Section(
                "What is to be learned",
                points=_told(findings, Finding.Kind.TO_IMPROVE),
                none="No finding was entered yet.",
            ),
            Section("Themes", points=themes, none="None was named."),
            Section(
                "What is asked for",
                points=[_wanted(one) for one in asked],
                none="No recommendation was entered.",
            ),
        ],
    )


def _told(findings: Sequence[Finding], kind: str, first: str = "") -> list[str]:
    return [first] * bool(first) + [one.text for one in findings if one.kind == kind]


def _wanted(one: Recommendation) -> str:
    acts = "; ".join(f"{act.agency.name}: {act.text}" for act in one.actions.all())
    return f"{one.text} {acts}".strip()


def _sections(report: Report) -> Iterator[Section]:
    rows = [[one.title, one.spec.words, one.stands.words] for one in report.reviews]
    yield Section(
        "Reviews", table=Table(("Review", "Kind", "State"), rows), none="None of this year."
    )
    yield Section("Themes", none="" if report.themes else "No theme was entered yet.")
    yield from map(_theme, report.themes)
    audits = [[one.review.title, *one.words] for one in report.audits]
    columns = ("Audit", "Cases", "Good or better", "Child’s voice evidenced")
    yield Section("Audits", table=Table(columns, audits), none="No audit of this year.")
    if report.inspections:
        told = [
            f"{one.title}: {one.stands.words.lower()}. {one.summary}" for one in report.inspections
        ]
        yield Section("Inspections", points=told)
    yield Section("Review by review", none="" if report.learned else "Nothing was entered yet.")
    for one in report.learned:
        yield _learned(one)
    asked = [_asked(one) for one in report.asked]
    wanted = ("Recommendation", "Review", "Actions", "Proof of impact", "Audited again by")
    yield Section("Recommendations", table=Table(wanted, asked), none="None of this year.")
    yield from _section_11(report)
    if report.sources:
        yield Section("Sources", points=report.sources)


def _theme(row: ThemeRow) -> Section:
    theme = row.theme
    found = ", ".join(one.title for one in row.reviews) or "no review that is named"
    told = [
        ("", theme.about),
        ("What was done: ", theme.done),
        ("Found in: ", found),
        ("Figures: ", said_figures(theme.indicators)),
        ("Source: ", theme.source),
    ]
    sentences = [f"{label}{text}" for label, text in told if text]
    return Section(theme.name, sentences=sentences, level=2)


def _learned(one: Learned) -> Section:
    points = [f"{found.get_kind_display()}: {found.text}" for found in one.findings]
    points += [f"Passed on: {_way(way)}" for way in one.passed_on]
    judged = [
        [str(case), whose(judgement), judgement.get_grade_display(), judgement.text]
        for case, judgement in one.judged
    ]
    return Section(
        one.review.title,
        sentences=[f"{label}: {text}" for label, text in one.facts],
        points=points,
        table=Table(("Case", "Whose work", "Judgement", "Why"), judged) if judged else None,
        level=2,
    )


def whose(judgement: Judgement) -> str:
    """Whose practice a judgement is about."""
    return judgement.agency.name if judgement.agency else "All together"


def _way(way: Dissemination) -> str:
    """How learning was passed on, in words: `A webinar, 3 March 2021, 84 practitioners`."""
    on = day_words(way.on) if way.on else ""
    told = [(way.text or way.get_how_display()).removesuffix("."), on, way.reached]
    return f"{', '.join(filter(None, told))}."


def _asked(one: Recommendation) -> list[str]:
    acts = [_act(act, f"{act.agency.name}: ") for act in one.actions.all()]
    return [
        one.text,
        one.review.title,
        "; ".join(acts) or "none asked",
        one.evidence or "none yet",
        _again(one),
    ]


def _act(act: Action, who: str = "") -> str:
    due = f", due {day_words(act.due)}" if act.due else ""
    told = f": {act.progress}" if act.progress else ""
    return f"{who}{act.text} ({act.get_state_display().lower()}{due}){told}"


def _again(one: Recommendation) -> str:
    """By when it is audited again, and the audit that did; one that is restricted is not named."""
    due = day_words(one.re_audit_due) if one.re_audit_due else "not planned"
    looked = one.re_audit is not None and not one.re_audit.restricted
    return f"{due}: {one.re_audit}" if looked else due


def _section_11(report: Report) -> Iterator[Section]:
    if report.round is None:
        yield Section("Section 11", none="No round was held.")
        return
    rows = [[row.agency.name, *(_stands(answer) for answer in row.answers)] for row in report.rows]
    columns = ("Agency", *(str(one.standard) for one in report.answered))
    about = [report.round.about] if report.round.about else []
    yield Section(str(report.round), sentences=about, table=Table(columns, rows))
    for answered in report.answered:
        yield _standard(answered)


def _standard(answered: Answered) -> Section:
    """What agencies said of a standard; actions and peer challenge where there are any."""
    told = [
        ("Agency", [one.agency.name for one in answered.answers]),
        ("What shows it", [one.evidence or NOT_STATED for one in answered.answers]),
        ("Still to improve", [one.to_improve or NOT_STATED for one in answered.answers]),
    ]
    acts = ["; ".join(map(_act, one.actions.all())) or "none" for one in answered.answers]
    asked = ["; ".join(map(_peer, one.challenges.all())) or "none" for one in answered.answers]
    more = (("Actions", acts), ("Peer challenge", asked))
    told += [(title, cells) for title, cells in more if set(cells) != {"none"}]
    columns = [title for title, _ in told]
    rows = list(zip(*(cells for _, cells in told), strict=True))
    return Section(
        str(answered.standard), table=Table(columns, rows), none="No agency answered.", level=2
    )


def _peer(ask: PeerChallenge) -> str:
    return f"{ask.text} Answer: {ask.answer or 'not yet.'}"


def _stands(answer: Answer) -> str:
    """How far a standard is met, and how that moved since the last round."""
    return (
        f"{rating(answer.now)}, {answer.moved} since last round"
        if answer.moved
        else rating(answer.now)
    )


def rating(answer: Assessment | None) -> str:
    """How far a standard is met, in words."""
    if answer is None:
        return NOT_SENT
    return answer.get_rating_display() if answer.rating else "judgement not stated"
