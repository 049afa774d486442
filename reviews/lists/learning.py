"""The lists of what came out of reviews: findings, recommendations, and how learning was passed on."""

from typing import Any

from django.db.models import Count as Tally
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from lscb import access
from lscb.access import Action as Act
from lscb.lists import Cell, Column, Filter, Rows, exact
from lscb.models import Person
from lscb.numbers import format_count, plural
from reviews import queries
from reviews.lists.common import (
    AREA,
    KIND_OF_REVIEW,
    NOT_STATED,
    OF_REVIEW,
    THEME,
    List,
    day,
    iso,
    of_review,
    said_figures,
    themes_offered,
    words,
)
from reviews.models import Action, Dissemination, Finding, Recommendation, Theme


def findings(person: Person) -> List:
    """What reviews found."""
    return List(
        title="Findings",
        address="review-findings",
        lede="What reviews, audits and inspections found, with the themes that several have in common.",
        none="No finding was entered yet.",
        rows=queries.all_findings(person),
        columns=(
            Column("Finding", lambda one: Cell(one.text, one.review.get_absolute_url()), "text"),
            Column("What it is", lambda one: Cell(chip=_finding_chip(one)), "kind"),
            Column("Themes", lambda one: _names(one) or Cell("none", is_missing=True)),
            Column("Review", of_review, "review__title"),
        ),
        filters=(
            Filter("what", "What it is", lambda: words(Finding.Kind.choices), exact("kind")),
            THEME,
            KIND_OF_REVIEW,
            AREA,
        ),
        place=OF_REVIEW,
        search=("text", "review__title"),
        export=(
            ("finding", lambda one: one.text),
            ("what it is", lambda one: one.get_kind_display()),
            ("themes", _names),
            ("review", lambda one: one.review.title),
            ("kind of review", lambda one: one.review.spec.words),
            ("year", lambda one: one.review.year_code),
        ),
    )


def _finding_chip(one: Finding) -> tuple[str, str]:
    colour = "green" if one.kind == Finding.Kind.STRENGTH else "amber"
    return colour, one.get_kind_display()


def _names(one: Finding) -> str:
    return ", ".join(theme.name for theme in one.themes.all())


def recommendations(person: Person) -> List:
    """What reviews ask for, and whether it is embedded."""
    rows = queries.recommendations(person).annotate(
        asked=Tally("actions", distinct=True),
        done=Tally("actions", filter=Q(actions__state=Action.State.DONE), distinct=True),
    )
    return List(
        title="Recommendations",
        address="review-recommendations",
        lede="What reviews and audits ask for: what agencies do about it, and the proof that it is embedded.",
        none="No recommendation was entered yet.",
        rows=rows,
        columns=(
            Column("Recommendation", lambda one: Cell(one.text, one.get_absolute_url()), "text"),
            Column("Review", of_review, "review__title"),
            Column("Actions done", _actions_done, "done", is_number=True),
            Column("Proof of impact", _proof, "evidence_on"),
            Column("To be audited again by", _again, "re_audit_due"),
        ),
        filters=(
            Filter("proof", "Proof of impact", lambda: list(PROOF.items()), _keep_proof),
            Filter("again", "Audited again", lambda: list(AGAIN.items()), _keep_again),
            KIND_OF_REVIEW,
            AREA,
        ),
        place=OF_REVIEW,
        search=("text", "evidence", "review__title"),
        export=(
            ("recommendation", lambda one: one.text),
            ("review", lambda one: one.review.title),
            ("kind of review", lambda one: one.review.spec.words),
            ("year", lambda one: one.review.year_code),
            ("actions", lambda one: one.asked),
            ("of them done", lambda one: one.done),
            ("proof of impact", lambda one: one.evidence),
            ("seen on", lambda one: iso(one.evidence_on)),
            ("to be audited again by", lambda one: iso(one.re_audit_due)),
            ("audited again in", lambda one: one.looked_again or ""),
        ),
    )


PROOF = {"yes": "Embedded", "no": "No proof yet"}
AGAIN = {"due": "Still to be audited again", "late": "Overdue"}


def _keep_proof(rows: Rows, value: str) -> Rows:
    return rows.exclude(evidence="") if value == "yes" else rows.filter(evidence="")


def _keep_again(rows: Rows, value: str) -> Rows:
    rows = rows.filter(re_audit_due__isnull=False, re_audit__isnull=True)
    return rows.filter(re_audit_due__lt=timezone.localdate()) if value == "late" else rows


def _actions_done(one: Any) -> str | Cell:
    return f"{one.done} of {one.asked}" if one.asked else Cell("none asked", is_missing=True)


def _proof(one: Recommendation) -> Cell:
    if not one.evidence:
        return Cell(chip=("amber", PROOF["no"]))
    return Cell(chip=("green", PROOF["yes"]), note=f"seen on {day(one.evidence_on)}")


def _again(one: Any) -> str | Cell:
    if not one.re_audit_due:
        return Cell("not planned", is_missing=True)
    late = one.re_audit_id is None and one.re_audit_due < timezone.localdate()
    return Cell(
        str(day(one.re_audit_due)),
        note=one.looked_again or "",
        chip=("red", "Overdue") if late else None,
    )


def passed_on(person: Person) -> List:
    """How learning reached those who need it."""
    rows = Dissemination.objects.select_related("review")
    return List(
        title="Passed on",
        address="review-passed-on",
        lede="How what was learned reached those who need it: one-page summaries, training, practice weeks, briefings.",
        none="Nothing was passed on yet.",
        rows=access.reviews_visible_to(person, rows, "review__"),
        columns=(
            Column("Review", of_review, "review__title"),
            Column("How", lambda one: one.get_how_display(), "how"),
            Column("What", lambda one: one.text or NOT_STATED, is_prose=True),
            Column("On", lambda one: day(one.on), "on"),
            Column("Whom it reached", lambda one: one.reached or NOT_STATED),
        ),
        filters=(
            Filter("how", "How", lambda: words(Dissemination.How.choices), exact("how")),
            KIND_OF_REVIEW,
            AREA,
        ),
        place=OF_REVIEW,
        search=("text", "reached", "review__title"),
        export=(
            ("review", lambda one: one.review.title),
            ("how", lambda one: one.get_how_display()),
            ("on", lambda one: iso(one.on)),
            ("whom it reached", lambda one: one.reached),
            ("what", lambda one: one.text),
        ),
    )


def themes(person: Person) -> List:
    """What findings of several reviews have in common."""
    may_keep = access.can(person, Act.KEEP_REVIEWS)
    return List(
        title="Themes",
        address="review-themes",
        lede="What findings of several reviews have in common. Those found in most reviews stand first.",
        none="No theme was entered yet.",
        rows=queries.themes_seen(person),
        columns=(
            Column("Theme", lambda one: _theme(one, may_keep), "name"),
            Column("Found in", _found_in, "found_in"),
            Column("Findings", lambda one: format_count(one.found), "found", is_number=True),
            Column(
                "Figures",
                lambda one: said_figures(one) or Cell("none named", is_missing=True),
                is_prose=True,
            ),
            Column("What was done", lambda one: one.done or NOT_STATED, is_prose=True),
            Column("Source", lambda one: one.source or NOT_STATED, "source"),
        ),
        filters=(Filter("theme", "Theme", themes_offered, exact("pk")),),
        search=("name", "about", "done"),
        export=(
            ("theme", lambda one: one.name),
            ("reviews", lambda one: "; ".join(_reviews(one))),
            ("findings", lambda one: one.found),
            ("what the reviews found", lambda one: one.about),
            ("what was done", lambda one: one.done),
            ("figures", said_figures),
            ("source", lambda one: one.source),
        ),
        first="-found_in",
    )


def _theme(one: Theme, may_keep: bool) -> Cell:
    """A theme and what the reviews found of it; it leads those who keep reviews to its page."""
    return Cell(
        one.name, reverse("review-theme", args=[one.pk]) if may_keep else "", note=one.about
    )


def _reviews(one: Any) -> list[str]:
    """The names of the reviews a person may see in which a theme was found, the earliest first."""
    seen = {row.review for row in one.seen}
    return [row.title for row in sorted(seen, key=lambda row: (row.year_code, row.title))]


def _found_in(one: Any) -> Cell:
    """In how many reviews a theme was found, and in which; it leads to them in the register."""
    if not one.found_in:
        return Cell("no review", is_missing=True)
    address = f"{reverse('reviews')}?theme={one.pk}"
    return Cell(plural(one.found_in, "review"), address, note="; ".join(_reviews(one)))
