"""The data dictionary: every return, figure, code list and indicator in words, as Markdown."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from performance.indicators.spec import (
    IndicatorSpec,
    Measure,
    Target,
    feeding_returns,
    indicators,
    returns_of,
)
from performance.intake.codes import ALL, CodeList, code_list
from performance.intake.spec import ReturnSpec, returns

TITLE = "# Data dictionary\n"
MADE = """\
This page is made from the files in `performance/definitions/`; change those and run `python manage.py data_dictionary`.
"""
MADE_OWN = """\
This page is made from the definitions of this partnership as they are today, with the order, groups and targets that
its manager set.
"""
INTRODUCTION = """\
It lists what agencies send (returns and figures), how it is coded, and what is made of it (indicators).

- A **count** is how many events fell in a period; a **figure** is a number that an agency sends as a total.
- A number that is missing is never a zero: it is suppressed at source, not available, not applicable or not submitted.
- Ratios are ratios of sums. A stock (a number at a period’s end) takes the last part of a period and is never added.
- A value that was printed without its counts is shown for its own period and never added or averaged.
"""

AGGREGATIONS = {
    "sum": "parts of a period are added",
    "last": "the last part of a period stands for it",
    "ratio of sums": "numerators and denominators are added, then divided",
    "recount": "each period is counted afresh; parts are never added",
    "annual": "one number a year; nothing is made of parts",
}
POLARITIES = {
    "high": "higher",
    "low": "lower",
    "none": "neither way",
}


def data_dictionary(listed: Sequence[IndicatorSpec] | None = None) -> str:
    """The whole dictionary as Markdown text that ends with a line break. `listed` are the indicators in their order,
    those of a theme together; by theme and id where it is not given."""
    specs = list(listed or sorted(indicators().values(), key=lambda one: (one.theme, one.id)))
    made = MADE_OWN if listed else MADE
    parts = [TITLE, made + INTRODUCTION, _contents(specs), "## Returns\n"]
    parts += [*map(_return, returns().values()), "## Figures\n", _figures(), "## Indicators\n"]
    for theme, group in groupby(specs, key=lambda spec: spec.theme):
        parts += [f"### {theme}\n", *map(_indicator, group)]
    parts += ["## Code lists\n", *map(_codes, _lists())]
    return "\n".join(parts)


def _contents(specs: list[IndicatorSpec]) -> str:
    fed = sum(spec.has_data_source for spec in specs)
    lines = [
        f"There are {len(returns())} returns and {len(specs)} indicators. {fed} indicators are fed by a return; "
        f"the other {len(specs) - fed} are not yet, and say how to send them.\n",
        *_table(
            ("Theme", "Indicators", "Fed by a return"),
            [
                (
                    f"[{theme}](#{anchor(theme)})",
                    str(len(found)),
                    str(sum(spec.has_data_source for spec in found)),
                )
                for theme, group in groupby(specs, key=lambda spec: spec.theme)
                for found in [list(group)]
            ],
        ),
    ]
    return "\n".join(lines)


def _not_yet_collected(spec: IndicatorSpec) -> str:
    sent_with = [
        f"to be sent as figure `{spec.item}` with the return {one.title}"
        for one in feeding_returns(spec)
    ]
    return "; ".join(["not yet collected", *sent_with])


def _return(spec: ReturnSpec) -> str:
    lines = [f"### {spec.title} (`{spec.id}`)\n", f"{spec.description}\n"]
    owners = ", ".join(code_list("agency_types").label(owner) for owner in spec.owners)
    lines += [
        f"- Owed by: {owners}, {spec.frequency}, within {spec.deadline_working_days} working days",
        f"- May be sent as: {' or '.join(spec.kinds)}; a row may state a {', a '.join(spec.periods)}",
        f"- Columns: {', '.join(f'`{column}`' for column in spec.counts_columns)}",
    ]
    if "records" in spec.kinds:
        lines.append(
            f"- Columns, one row an event: {', '.join(f'`{column}`' for column in spec.record_columns)}"
        )
    lines.append("")
    lines += _table(
        ("Column", "Title", "Codes", "Meaning"),
        [
            (f"`{one.name}`", one.title, _list_link(one.codes), one.description)
            for one in spec.dimensions
        ],
    )
    if spec.margins:
        margins = [(f"`{margin.name}`", margin.why) for margin in spec.margins]
        lines += _table(("Margin that is kept", "Why"), margins)
    if spec.notes:
        lines.append(f"{spec.notes}\n")
    return "\n".join(lines)


def _list_link(name: str) -> str:
    """Where a column's codes stand: figures have a table of their own, categories the list of their breakdown."""
    special = {"figure_item": "[figures](#figures)", "category": "the list of the breakdown"}
    return special.get(name, f"[{name}](#{anchor(name)})")


def _figures() -> str:
    rows = []
    for item in code_list("figure_item"):
        used = sorted(spec.id for spec in indicators().values() if item.code in _items(spec))
        sent = ", ".join(f"`{spec.id}`" for spec in returns_of("Figure") if item.code in spec.items)
        rows.append((f"`{item.code}`", item.label, sent, ", ".join(map(_link, used)), item.source))
    return "\n".join(_table(("Item", "Meaning", "Return", "Indicators", "Source"), rows))


def _items(spec: IndicatorSpec) -> set[str]:
    found = {spec.published} if spec.published else set()
    for measure in filter(None, (spec.numerator, spec.denominator)):
        found |= {measure.where.get("item", ""), measure.less.get("item", "")}
    return found


def _indicator(spec: IndicatorSpec) -> str:
    lines = [
        f"#### {spec.id} {spec.title}\n",
        f"{spec.definition}\n",
        f"*Why it matters.* {spec.why}\n",
    ]
    facts = [
        ("Sent by", f"{spec.sender} ({code_list('agency_types').label(spec.owner)}), {spec.frequency}"),
        ("Unit", spec.unit),
        ("Numerator", _with_measure(spec.numerator_words, spec.numerator)),
        ("Denominator", _with_measure(spec.denominator_words, spec.denominator)),
        ("Printed value", f"figure `{spec.published}`" if spec.published else ""),
        ("Over time", AGGREGATIONS[spec.aggregation]),
        ("Better", f"{POLARITIES[spec.polarity]} ({spec.polarity_source})"),
        ("Target", _target(spec.target) if spec.target else ""),
        ("Broken down by", ", ".join(spec.breakdowns) + ("" if spec.total else " (no value without)")
         if spec.breakdowns else ""),
        ("Small numbers", "yes: show with care" if spec.small_numbers else ""),
        ("Over 100%", "possible: the one is no part of the other" if spec.can_pass_100 else ""),
        ("Strand", spec.strand),
        ("Evidence", spec.evidence),
        ("Source", spec.source),
        ("Data", "" if spec.has_data_source else _not_yet_collected(spec)),
        ("Kept by", f"{spec.author}; checked by {spec.checker}; next review {spec.next_review.isoformat()}"),
        ("Changes", "; ".join(f"{one.day.isoformat()} {one.what} ({one.by})" for one in spec.changes)),
        ("Notes", spec.notes),
    ]  # fmt: skip
    lines += [f"- {name}: {text}" for name, text in facts if text]
    return "\n".join(lines) + "\n"


def _with_measure(words: str, measure: Measure | None) -> str:
    return f"{words} — {_measure(measure)}" if measure else words


def _measure(measure: Measure) -> str:
    """A measure in short: `Referral where reason is neglect`."""
    fixed = [f"{name} is {code}" for name, code in measure.where.items()]
    fixed += [f"{name} is {' or '.join(codes)}" for name, codes in measure.any_of.items()]
    text = f"`{measure.dataset}`" + (f" where {' and '.join(fixed)}" if fixed else "")
    if measure.less:
        text += ", less " + " and ".join(f"{name} {code}" for name, code in measure.less.items())
    if measure.take == "denominator":
        text += ", its denominator"
    if measure.per == "year":
        text += ", the number of the financial year"
    return text + (", always the whole" if measure.whole else "")


def _target(target: Target) -> str:
    amount = (
        f"{target.value:g}" if target.upper is None else f"{target.value:g} to {target.upper:g}"
    )
    return f"{amount} since {target.since.isoformat()}. {target.reason}"


def _lists() -> list[CodeList]:
    """The code lists that a return or a breakdown of figures uses; the figures have a table of their own."""
    names = {one.codes for spec in returns().values() for one in spec.dimensions}
    names |= {one for spec in indicators().values() for one in spec.breakdowns}
    names |= {"agency_types"}
    return [code_list(name) for name in sorted(names - {"figure_item", "category", ALL})]


def _codes(codes: CodeList) -> str:
    rows = []
    for code in codes:
        valid = " to ".join(
            day.isoformat() if day else "" for day in (code.valid_from, code.valid_to)
        ).strip()
        rows.append((f"`{code.code}`", code.label, valid if valid != "to" else "always"))
    return "\n".join([f"### {codes.name}\n", *_table(("Code", "Label", "Valid"), rows)])


def _link(indicator: str) -> str:
    return f"[{indicator}](#{anchor(f'{indicator} {indicators()[indicator].title}')})"


def anchor(heading: str) -> str:
    """The anchor that Markdown pages give a heading."""
    kept = "".join(letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |"]
    lines += [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    return [*lines, ""]
