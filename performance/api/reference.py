"""The OpenAPI document as the reference page shows it: plain dataclasses, in words instead of JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
}
FORMATS = {"date": "day", "date-time": "time", "uri": "address", "binary": "file"}
PLACES = {"path": "part of the address", "query": "", "header": "a header"}
NO_CONTENT: Json = {"": {}}
LONG_LIST = 12  # more values than this are not all named in a type


@dataclass(frozen=True)
class Entry:
    """A parameter or a field: its name, what it holds, and what to know of it."""

    name: str
    holds: str
    about: str
    required: bool = False
    place: str = ""


@dataclass(frozen=True)
class Shape:
    """An object of the API with its fields."""

    name: str
    about: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Operation:
    """What may be asked of an address: its parameters, what is sent, and what comes back.

    Of a list `answer` is one row.
    """

    id: str
    method: str
    path: str
    about: str
    parameters: tuple[Entry, ...]
    sent: Shape | None
    status: str
    answer: Shape | None
    answers_with: str
    is_list: bool


@dataclass(frozen=True)
class Group:
    """The operations of one kind of thing."""

    name: str
    operations: tuple[Operation, ...]


def groups(document: Json) -> list[Group]:
    """The operations of an OpenAPI document by tag, in the order of the document."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            tag = operation["tags"][0]
            found.setdefault(tag, []).append(_operation(document, path, method, operation))
    return [Group(name, tuple(operations)) for name, operations in found.items()]


def shapes(document: Json) -> list[Shape]:
    """The objects that fields of answers refer to by name, in alphabetical order."""
    schemas = document["components"]["schemas"]
    return [
        _shape(document, name, schema)
        for name, schema in sorted(schemas.items())
        if "properties" in schema and name in set(_referred(schemas))
    ]


def _referred(schemas: Json) -> Iterator[str]:
    """The names that stand in the fields of other objects, pages of lists apart."""
    for schema in schemas.values():
        if _row(schema):
            continue
        for field in schema.get("properties", {}).values():
            for part in (field, field.get("items", {}), *field.get("oneOf", ())):
                if "$ref" in part:
                    yield _name(part)


def _row(schema: Json) -> Json:
    """What a page of a list holds rows of; empty for any other object."""
    found: Json = schema.get("properties", {}).get("results", {}).get("items", {})
    return found


def _operation(document: Json, path: str, method: str, operation: Json) -> Operation:
    status, answer = next(iter(operation["responses"].items()))
    kind, content = next(iter(answer.get("content", NO_CONTENT).items()))
    body = operation.get("requestBody", {}).get("content", {})
    schema = content.get("schema", {})
    row = _row(document["components"]["schemas"].get(_name(schema), {}))
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        about=_about(operation),
        parameters=tuple(_parameter(document, one) for one in operation.get("parameters", ())),
        sent=_referred_shape(document, next(iter(body.values()), NO_CONTENT).get("schema", {})),
        status=status,
        answer=_referred_shape(document, row or schema),
        answers_with=kind,
        is_list=bool(row),
    )


def _parameter(document: Json, parameter: Json) -> Entry:
    return Entry(
        name=parameter["name"],
        holds=_words(document, parameter.get("schema", {})),
        about=_about(parameter),
        required=parameter.get("required", False),
        place=PLACES.get(parameter["in"], ""),
    )


def _referred_shape(document: Json, schema: Json) -> Shape | None:
    if "$ref" not in schema:
        return None
    name = _name(schema)
    return _shape(document, name, document["components"]["schemas"][name])


def _shape(document: Json, name: str, schema: Json) -> Shape:
    required = set(schema.get("required", ()))
    entries = tuple(
        Entry(field, _words(document, one), _about(one), field in required)
        for field, one in schema.get("properties", {}).items()
    )
    return Shape(name, _about(schema), entries)


def _about(schema: Json) -> str:
    """Its description without the marks that Markdown has for code."""
    text: str = schema.get("description", "")
    return text.replace("`", "")


def _words(document: Json, schema: Json) -> str:
    """What a value is, in words: `text`, `whole number or null`, `list of ProblemAnswer`."""
    if "$ref" in schema:
        name = _name(schema)
        target = document["components"]["schemas"][name]
        return _choice(target["enum"]) if "enum" in target else name
    if "allOf" in schema:
        return _words(document, schema["allOf"][0])
    if "oneOf" in schema:
        return " or ".join(_words(document, one) for one in schema["oneOf"])
    if "enum" in schema:
        return _choice(schema["enum"])
    kind = schema.get("type", "object")
    kinds = kind if isinstance(kind, list) else [kind]
    return " or ".join(_kind(document, one, schema) for one in kinds)


def _kind(document: Json, kind: str, schema: Json) -> str:
    if kind == "null":
        return "null"
    if kind == "array":
        return f"list of {_words(document, schema.get('items', {}))}"
    return FORMATS.get(schema.get("format", ""), TYPES.get(kind, kind))


def _choice(values: list[Any]) -> str:
    shown = [str(value) for value in values if value is not None]
    return " | ".join(shown) if len(shown) <= LONG_LIST else "text"


def _name(schema: Json) -> str:
    name: str = schema.get("$ref", "").rpartition("/")[2]
    return name
