"""Filters and tags of performance's pages: codes in words, trails, the colours of a status.

Load them with `{% load pages %}`. Numbers and periods are written by the tags of lscb.
"""

from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape, format_html, json_script
from django.utils.safestring import SafeString

from lscb.numbers import format_count, format_number
from performance.indicators.punctuality import Part
from performance.intake.codes import ALL, code_list
from performance.intake.spec import TOTAL, ReturnSpec, returns
from performance.pages.cells import Cell
from performance.pages.chart_parts import Figure
from performance.pages.dictionary_page import Text
from performance.pages.panel import Drawn
from performance.pages.scorecard import Row
from performance.pages.sparks import Spark, svg
from performance.pages.wording import Delta
from performance.queries.submissions import StoredCell

register = template.Library()

# What a target's rule found, as the colour of its chip. The chip carries the words.
RAG_KINDS = {"met": "green", "near": "amber", "missed": "red"}
SEVERITIES = {"error": "red", "warning": "amber"}
EDITIONS = {"provisional": "amber", "approved": "blue", "published": "green"}
CHALLENGES = {"open": "amber", "answered": "blue", "closed": "green"}


@register.inclusion_tag("parts/breadcrumbs.html")
def breadcrumbs(*words_and_addresses: str) -> dict[str, list[tuple[str, str]]]:
    """`{% breadcrumbs "Returns" returns_url spec.title spec_url %}`: the trail from the home page to the page above."""
    pairs = zip(words_and_addresses[::2], words_and_addresses[1::2], strict=True)
    return {"trail": [("Home", "/"), *pairs]}


@register.filter
def rag_kind(css: str) -> str:
    """The chip's colour for `Rag.css`: green, amber or red."""
    return RAG_KINDS.get(css, "grey")


MARKS = {"": "{}", "code": "<code>{}</code>", "strong": "<strong>{}</strong>"}


@register.filter
def marked(text: Text) -> SafeString:
    """The parts of a text of the data dictionary, each as what it is."""
    written = [
        format_html('<a href="#{}">{}</a>', one.to, one.text)
        if one.kind == "link"
        else format_html(MARKS[one.kind], one.text)
        for one in text
    ]
    return SafeString("".join(written))


@register.simple_tag
def score_rows(
    rows: Iterable[Row], said: Mapping[str, Hashable], here: str = "", edition: object = ""
) -> SafeString:
    """`{% score_rows section.rows said here edition %}`: rows of the scorecard with the words that were said of them,
    each of which is written once for what it says."""
    of = str(edition or "")
    return SafeString("".join(written_row(row, said.get(row.id), here, of) for row in rows))


@lru_cache(maxsize=4096)
def written_row(row: Hashable, words: Hashable, here: str, edition: str) -> SafeString:
    """The HTML of a row of the scorecard. The same words are written once, whatever changed in other rows."""
    said = {"row": row, "words": words, "here": here, "edition": edition}
    return SafeString(render_to_string("performance/parts/score_row.html", said))


@register.simple_tag
def figure_script(figure: Figure, name: str) -> SafeString:
    """`{% figure_script panel.figure name %}`: a figure for `charts.js`, which finds it as `figure-…`."""
    script = figure.script if isinstance(figure, Drawn) else json_script(figure)
    return SafeString(script.replace("<script", f'<script id="figure-{escape(name)}"', 1))


@register.simple_tag
def figures(columns: Iterable[str], rows: Iterable[Iterable[Cell]], caption: str) -> SafeString:
    """`{% figures panel.columns panel.rows panel.title %}`: a table of figures, named by its caption, which is written
    once for what it says."""
    return written_table(tuple(columns), tuple(map(tuple, rows)), caption)


@lru_cache(maxsize=512)
def written_table(
    columns: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], caption: str
) -> SafeString:
    """The HTML of a table of figures."""
    said = {"columns": columns, "rows": rows, "caption": caption}
    return SafeString(render_to_string("performance/parts/table.html", said))


@register.filter
def drawn(spark: Spark) -> SafeString:
    """`{{ row.spark|drawn }}`: a sparkline as SVG. It is made of numbers and of words that are escaped."""
    return SafeString(svg(spark))


@register.filter
def written(change: Delta, edition: str = "") -> SafeString:
    """`{{ row.on_last_year|written:edition }}`: a change with the percentage beneath it, or why there is none. It leads
    to where the number comes from, in an edition (its number) to what that holds of it."""
    if not change.known:
        return format_html('<span class="none">{}</span>', change.amount)
    if change.address:
        address = f"{change.address}&edition={edition}" if edition else change.address
        return format_html(
            '<a class="from" href="{}"{}>{}{}</a>',
            address,
            _titled(change),
            _amount(change),
            _beneath(change),
        )
    if not change.relative:
        return conditional_escape(_amount(change))
    return format_html("<span{}>{}{}</span>", _titled(change), _amount(change), _beneath(change))


def _amount(change: Delta) -> SafeString:
    """A change with its unit for those who hear it: a percentage's stands in its amount."""
    if not change.unit or change.amount.endswith(change.unit):
        return conditional_escape(change.amount)
    said = '{}<span class="govuk-visually-hidden"> {}</span>'
    return format_html(said, change.amount, change.unit)


def _titled(change: Delta) -> SafeString:
    """A change with its unit, where the pointer rests."""
    if not change.unit or change.amount.endswith(change.unit):
        return SafeString("")
    return format_html(' title="{} {}"', change.amount, change.unit)


def _beneath(change: Delta) -> SafeString:
    said = format_html('<span class="meta">{}</span>', change.relative)
    return said if change.relative else SafeString("")


@register.filter
def of_all(part: Part, none: str = "none due") -> SafeString:
    """`{{ row.on_time.now|of_all }}`: `3 of 4`; where there is nothing to count, the words for that."""
    if not part.of:
        return format_html('<span class="none">{}</span>', none)
    return format_html("{} of {}", format_count(part.got), format_count(part.of))


@register.filter
def severity_kind(severity: str) -> str:
    """The chip's colour for a problem's severity."""
    return SEVERITIES.get(severity, "grey")


@register.filter
def at(mapping: dict[str, Any], key: str) -> Any:
    """`{{ mapping|at:key }}`: what a mapping holds for a key; None where nothing."""
    return mapping.get(key)


@register.filter
def edition_kind(state: str) -> str:
    """The chip's colour for where an edition stands."""
    return EDITIONS.get(state, "grey")


@register.filter
def challenge_kind(state: str) -> str:
    """The chip's colour for where a challenge stands."""
    return CHALLENGES.get(state, "grey")


@register.filter
def return_title(return_id: str) -> str:
    """The title of a return; its id where there is no such return any more."""
    spec = returns().get(return_id)
    return spec.title if spec else return_id


@register.filter
def agency_type(code: str) -> str:
    """A type of agency in words."""
    return code_list("agency_types").label(code)


@register.filter
def beside(text: str, title: str) -> str:
    """`{{ finding.actual|beside:row.title }}`: what is said of an indicator, where its title stands beside it."""
    return text.removeprefix(f"{title}: ")


@register.filter
def in_short(text: str) -> str:
    """A sentence up to its colon, for paper: `June 2025 is part of a shift.`"""
    first, colon, _ = text.partition(": ")
    return f"{first}." if colon else text


@register.filter
def with_why(text: str) -> SafeString:
    """A text whose reason, after its colon, a screen shows and paper leaves out."""
    said, colon, why = text.partition(": ")
    return (
        format_html('{}<span class="on-screen">{}{}</span>', said, colon, why)
        if why
        else conditional_escape(text)
    )


@register.filter
def sentence(text: str) -> str:
    """A text as a sentence: a capital first, a full stop last."""
    text = text.strip()
    if not text:
        return ""
    return text[:1].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")


@register.filter
def margin_words(margin: Any, spec: ReturnSpec) -> str:
    """A kept margin in words: `Total`, `By source`, `By source and issue`."""
    titles = [spec.dimension(name).title.lower() for name in margin.dimensions]
    return f"By {' and '.join(titles)}" if titles else TOTAL.capitalize()


@register.filter
def cell_words(cell: StoredCell, spec: ReturnSpec) -> list[str]:
    """The codes of a stored cell in words, in the order of the return's dimensions; `all` outside the margin."""
    return [
        ALL if code == ALL else dimension.code_list.label(code)
        for dimension, code in zip(spec.dimensions, cell.dimensions, strict=True)
    ]


@register.filter
def plain_number(number: Any) -> str:
    """A stored number with as many decimals as it has; nothing for none."""
    if number is None:
        return ""
    text = f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
    return format_number(number, len(text.partition(".")[2]))
