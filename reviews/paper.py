"""Reviews on paper: the year's report and one review's summary, as lscb Papers."""

from collections.abc import Iterator, Sequence

from lscb.papers import Paper, Section, Table
from reviews.models import Assessment, Finding, Recommendation, Review, Standard
from reviews.report import NOT_STATED, Learned, Report

LEFT_OUT = "Restricted reviews are left out."
NOT_SENT = "not sent"


def paper(report: Report) -> Paper:
    """The report as a description that Word and PDF are made of."""
    return Paper(
        title=f"Learning from reviews, audits and section 11, {report.label}",
        sentences=[*report.sentences, LEFT_OUT],
        sections=list(_sections(report)),
    )


def summary(review: Review, asked: Sequence[Recommendation]) -> Paper:
    """A review on a page, for those who are to learn from it: what it is about, what it found, what it asks for."""
    findings = sorted(review.findings.all(), key=lambda one: (one.kind, one.pk))
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
    themes = [
        [
            row.theme.name,
            ", ".join(one.title for one in row.reviews),
            row.theme.about,
            row.theme.done,
        ]
        for row in report.themes
    ]
    columns = ("Theme", "Found in", "What the reviews found", "What was done")
    yield Section("Themes", table=Table(columns, themes), none="No theme was found yet.")
    audits = [[one.review.title, *one.words] for one in report.audits]
    columns = ("Audit", "Cases", "Good or better", "Child’s voice evidenced")
    yield Section("Audits", table=Table(columns, audits), none="No audit of this year.")
    if report.inspections:
        told = [
            f"{one.title}: {one.stands.words.lower()}. {one.summary}" for one in report.inspections
        ]
        yield Section("Inspections", points=told)
    yield Section("What was found", none="" if report.learned else "Nothing was entered yet.")
    for one in report.learned:
        yield _learned(one)
    asked = [_asked(one) for one in report.asked]
    columns = ("Recommendation", "Review", "Actions", "Proof of impact")
    yield Section("Recommendations", table=Table(columns, asked), none="None of this year.")
    yield from _section_11(report)
    if report.sources:
        yield Section("Sources", points=report.sources)


def _learned(one: Learned) -> Section:
    review = one.review
    about = [
        f"{label}: {text}"
        for label, text in (("Scope", review.scope), ("Strengths", review.strengths))
        if text
    ]
    points = [f"{found.get_kind_display()}: {found.text}" for found in one.findings]
    points += [f"Passed on: {way.text or way.get_how_display()}" for way in one.passed_on]
    return Section(review.title, sentences=about, points=points, level=2)


def _asked(one: Recommendation) -> list[str]:
    acts = [
        f"{act.agency.name}: {act.text} ({act.get_state_display().lower()})"
        for act in one.actions.all()
    ]
    return [one.text, one.review.title, "; ".join(acts) or "none asked", one.evidence or "none yet"]


def _section_11(report: Report) -> Iterator[Section]:
    if report.round is None:
        yield Section("Section 11", none="No round was held.")
        return
    standards = list(report.round.standards.all())
    rows = [
        [row.agency.name, *(rating(answer.now) for answer in row.answers)] for row in report.rows
    ]
    columns = ("Agency", *(str(one) for one in standards))
    yield Section(str(report.round), table=Table(columns, rows))
    for index, standard in enumerate(standards):
        yield _standard(report, standard, index)


def _standard(report: Report, standard: Standard, index: int) -> Section:
    rows = [
        [row.agency.name, answer.evidence or NOT_STATED, answer.to_improve or NOT_STATED]
        for row in report.rows
        if (answer := row.answers[index].now)
    ]
    columns = ("Agency", "What shows it", "Still to improve")
    return Section(str(standard), table=Table(columns, rows), none="No agency answered.", level=2)


def rating(answer: Assessment | None) -> str:
    """How far a standard is met, in words."""
    if answer is None:
        return NOT_SENT
    return answer.get_rating_display() if answer.rating else "judgement not stated"
