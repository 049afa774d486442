"""A return's columns as a Table Schema (version 2 of the Data Package standard), for programs that make the file.

One document describes both forms of a return: the fields at the top are those of the counts form; `records`, where
the return takes it, is a Table Schema of its own for the form with one row an event. `fieldsMatch` is left out: the
standard's text wants a string there, and its profile a list.
"""

from dataclasses import dataclass
from typing import Any

from performance.intake.codes import ALL
from performance.intake.spec import Dimension, ReturnSpec
from performance.intake.values import SYMBOLS

PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
# What a program writes where there is no number; intake reads more. An empty cell is not among them: it is an error.
WRITTEN = ("c", "*", "low", "z", "x", ":")
PERIOD_PATTERNS = {
    "month": r"\d{4}-(0[1-9]|1[0-2])",
    "quarter": r"\d{4}-\d{2}-Q[1-4]",
    "year": r"\d{4}-\d{2}",
}
PERIOD_EXAMPLES = {"month": "2025-04", "quarter": "2025-26-Q1", "year": "2025-26"}
MEASURE_WORDS = {
    "count": (
        "Count",
        "How many: a whole number, 0 or more. A missing number is a symbol, never 0 or empty.",
    ),
    "numerator": ("Numerator", "The upper number of a percentage or rate, or the number itself."),
    "denominator": ("Denominator", "The lower number, where the figure has one."),
    "value": (
        "Value",
        "Only where no numerator was published; it is shown and never added or averaged.",
    ),
}
OLDEST = 17

Json = dict[str, Any]


def table_schema(spec: ReturnSpec) -> Json:
    """The Table Schema of a return, ready to be written as JSON."""
    schema: Json = {
        "$schema": PROFILE,
        "name": spec.id,
        "title": spec.title,
        "description": spec.description,
        "forms": list(spec.kinds),
        "fields": _counts_fields(spec),
        # No text is missing by itself: each number column lists the symbols it may hold.
        "missingValues": [],
        "primaryKey": [spec.period_column, *spec.dimension_names],
    }
    if not spec.is_figures:
        schema["margins"] = _margins(spec)
    if "records" in spec.kinds:
        schema["records"] = _records(spec)
    if spec.notes:
        schema["notes"] = spec.notes
    if spec.source:
        schema["source"] = spec.source
    return schema


@dataclass(frozen=True)
class Column:
    """A column of a return as a page documents it. `symbols` may stand in place of its number, with what they mean."""

    name: str
    description: str
    forms: tuple[str, ...]
    symbols: tuple[tuple[str, str], ...] = ()


def columns(spec: ReturnSpec) -> list[Column]:
    """Every column that a file of this return may have, in order, each with the forms that have it."""
    schema = table_schema(spec)
    records = schema.get("records", {"fields": []})
    instead = list(records.get("instead", {}).values())
    by_form = {"counts": schema["fields"], "records": [*records["fields"], *instead]}
    found: dict[str, Json] = {}
    for form in spec.kinds:
        for one in by_form[form]:
            found.setdefault(one["name"], one)
    return [
        Column(
            name,
            one["description"],
            tuple(
                form for form in spec.kinds if any(each["name"] == name for each in by_form[form])
            ),
            tuple(
                (each["value"], each["label"])
                for each in one.get("missingValues", ())
                if each["value"]
            ),
        )
        for name, one in found.items()
    ]


def _counts_fields(spec: ReturnSpec) -> list[Json]:
    codes = [_code_field(spec, dimension, outside=True) for dimension in spec.dimensions]
    return [_period_field(spec), *codes, *(_measure_field(spec, name) for name in spec.measures)]


def _period_field(spec: ReturnSpec) -> Json:
    examples = [PERIOD_EXAMPLES[kind] for kind in spec.periods]
    return {
        "name": spec.period_column,
        "title": spec.period_column.capitalize(),
        "description": f"The {' or '.join(spec.periods)} the row is about, within the period chosen at upload.",
        "type": "string",
        "examples": examples,
        "constraints": {
            "required": True,
            "pattern": "|".join(PERIOD_PATTERNS[kind] for kind in spec.periods),
        },
    }


def _code_field(spec: ReturnSpec, dimension: Dimension, *, outside: bool) -> Json:
    """A column of codes. With `outside` it may also hold `all`, which puts the dimension outside the row's margin."""
    known = {code.code: code.label for code in dimension.code_list}
    if dimension.name == "item" and spec.items:
        known = {item: known[item] for item in spec.items if item in known}
    if outside and not (dimension.name == "item" and spec.is_figures):
        known = {ALL: "All together", **known}
    return {
        "name": dimension.name,
        "title": dimension.title,
        "description": dimension.description,
        "type": "string",
        "categories": [{"value": code, "label": label} for code, label in known.items()],
        "constraints": {"required": True, "enum": list(known)},
    }


def _measure_field(spec: ReturnSpec, name: str) -> Json:
    title, description = MEASURE_WORDS[name]
    missing: list[Json] = [{"value": symbol, "label": SYMBOLS[symbol]} for symbol in WRITTEN]
    if spec.is_figures:  # of the three numbers at least one stands, and the others are left empty
        missing.insert(0, {"value": "", "label": "not given"})
    return {
        "name": name,
        "title": title,
        "description": description,
        "type": "number" if spec.is_figures else "integer",
        "missingValues": missing,
        "constraints": {"minimum": 0},
    }


def _margins(spec: ReturnSpec) -> list[Json]:
    """The margins that are kept: each row of the counts form states one of them, and has `all` in the other columns."""
    return [
        {"name": margin.name, "dimensions": list(margin.dimensions), "why": margin.why}
        for margin in spec.margins
    ]


def _records(spec: ReturnSpec) -> Json:
    """The form with one row an event, of which only the margins are kept."""
    fields: list[Json] = [
        {
            "name": spec.date_column,
            "title": spec.date_column.capitalize(),
            "description": "The day of the event, within the period chosen at upload.",
            "type": "date",
            "constraints": {"required": True},
        }
    ]
    derived: dict[str, str] = {}
    for dimension in spec.dimensions:
        fields.append(_code_field(spec, dimension, outside=False))
        if dimension.derived_from:
            derived[dimension.name] = dimension.derived_from
    schema: Json = {
        "$schema": PROFILE,
        "name": f"{spec.id}-records",
        "title": f"{spec.title}, one row an event",
        "description": "Counted when it arrives; the rows themselves are not kept. No name, number or date of birth.",
        "fields": fields,
        "missingValues": [],
    }
    if derived:
        schema["instead"] = {name: _instead(column, name) for name, column in derived.items()}
    if spec.ignored_columns:
        schema["ignoredColumns"] = list(spec.ignored_columns)
    return schema


def _instead(column: str, dimension: str) -> Json:
    """A column that may stand instead of a dimension's, which is then worked out from it."""
    return {
        "name": column,
        "title": column.capitalize(),
        "description": f"May stand instead of {dimension}: whole years, from 0 to {OLDEST}.",
        "type": "integer",
        "constraints": {"required": True, "minimum": 0, "maximum": OLDEST},
    }
