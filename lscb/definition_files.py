"""Reads definition files (YAML) against one schema, and says file, line and field when one is wrong."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C reads ten times as fast


class DefinitionError(Exception):
    """A definition that cannot be used. Its text names the file, the line, the field and what is wrong."""


class Definition(BaseModel):
    """The base of every schema of a definition file: unknown fields are refused, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def plain(path: Path) -> Any:
    """A YAML file of the program's own, such as its sample, as plain lists and dicts. Raises OSError, YAMLError."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506  a safe loader, see above


Schema = TypeVar("Schema", bound=BaseModel)


def load(path: Path, schema: type[Schema]) -> Schema:
    """One file as one instance of `schema`. Raises DefinitionError with every fault that was found."""
    try:
        loader = Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        content = loader.construct_document(node) if node else None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DefinitionError(f"{path}: cannot be read: {error}") from error
    try:
        return schema.model_validate(content)
    except ValidationError as error:
        faults = [
            f"{path}, line {_line(node, fault['loc'])}, {_field(fault['loc'])}: {fault['msg']}"
            for fault in error.errors()
        ]
        raise DefinitionError("\n".join(faults)) from error


def load_folder(folder: Path, schema: type[Schema], *, named_by: str) -> dict[str, Schema]:
    """Every `*.yaml` in a folder, keyed by its field `named_by`, which must equal the file's name.

    Raises DefinitionError that lists the faults of all files, not only of the first.
    """
    return load_files(sorted(folder.glob("*.yaml")), schema, named_by=named_by)


def load_files(paths: Iterable[Path], schema: type[Schema], *, named_by: str) -> dict[str, Schema]:
    """These files as `load_folder` reads a folder's."""
    found: dict[str, Schema] = {}
    faults: list[str] = []
    for path in paths:
        try:
            definition = load(path, schema)
        except DefinitionError as error:
            faults.append(str(error))
            continue
        name = getattr(definition, named_by)
        if name != path.stem:
            faults.append(
                f"{path}, line 1, {named_by}: is {name!r} but the file is named {path.stem!r}"
            )
        found[name] = definition
    if faults:
        raise DefinitionError("\n".join(faults))
    return found


def _field(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or "(the whole file)"


def _line(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """The line (from 1) of the deepest part of `location` that stands in the file."""
    line = node.start_mark.line + 1 if node else 1
    for part in location:
        node = _child(node, part)
        if node is None:
            break
        line = node.start_mark.line + 1
    return line


def _child(node: yaml.Node | None, part: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        child: yaml.Node = node.value[part]
        return child
    return None
