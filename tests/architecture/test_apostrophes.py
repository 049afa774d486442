"""One apostrophe on all pages, ’: two of them on one page look like a mistake."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("lscb", "performance", "priorities", "reviews", "training")
STRAIGHT = re.compile(r"(?<=[A-Za-z])'s\b|(?<=[a-z]s)' (?=[a-z])")
COMMENTS = re.compile(
    r"{%-?\s*comment.*?endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}|<script.*?</script>", re.DOTALL
)
# Patterns and names of the check of texts, which read what people type, either way.
READS = ("performance/indicators/claims/", "performance/definitions/claims.yaml", "neutral_words")
# What people may type for a code, and the database's own comments, which stand on no page.
SYNONYMS, FIELDS = 2, "models"


def files(ending: str) -> list[Path]:
    return [
        one
        for app in APPS
        for one in sorted((ROOT / app).rglob(f"*.{ending}"))
        if not any(part in str(one) for part in READS)
    ]


def said(path: Path) -> Iterator[str]:
    """The texts of a file that may come to stand on a page."""
    text = path.read_text()
    if path.suffix == ".html":
        yield COMMENTS.sub(" ", text)
    elif path.suffix == ".yaml":
        yield from (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    elif path.suffix == ".csv" and path.parent.name == "codes":
        yield from (part for line in text.splitlines() for part in line.split(",")[:SYNONYMS])
    elif path.suffix == ".py" and not {"migrations", FIELDS} & {*path.parts, path.stem}:
        tree = ast.parse(text)
        told = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
        for one in ast.walk(tree):
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in told:
                yield one.value


@pytest.mark.parametrize("ending", ["html", "yaml", "csv", "py"])
def test_texts_of_pages_have_the_apostrophe_of_print(ending):
    wrong = [
        f"{path.relative_to(ROOT)}: {found[0]} in {text[max(found.start() - 30, 0) : found.end() + 20]!r}"
        for path in files(ending)
        for text in said(path)
        for found in [STRAIGHT.search(text)]
        if found
    ]
    assert wrong == []
