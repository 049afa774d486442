"""How the OpenAPI document is made: what stands in it beside the views themselves."""

from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings

from performance.definitions import kept

DESCRIPTION = """\
Everything a page does with returns, submissions, indicators and observations, for programs, under the same rules.

Send `Authorization: Token <token>`; make a token at `/account/tokens/`. Lists are `{"next", "results"}`: follow
`next` until it is null. A number that is missing is null, and `status` says why: it is never zero. Errors are
problem details (RFC 9457) with the words that the pages use.
"""
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Why a request failed (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "the same for the same reason, for programs"},
        "detail": {"type": "string", "description": "a sentence for people"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
                "required": ["field", "code", "message"],
            },
        },
    },
    "required": ["type", "title", "status", "code", "detail", "errors"],
}
FAILED = {
    "description": "It failed; the problem says why.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def add_problems(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Describe, for every operation, the answer to a request that failed."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    for methods in result["paths"].values():
        for operation in methods.values():
            operation["responses"]["default"] = FAILED
    return result


SETTINGS: dict[str, Any] = {
    "DESCRIPTION": DESCRIPTION,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "performance.api.openapi.add_problems",
    ],
    "ENUM_NAME_OVERRIDES": {},
}


@kept
def document() -> dict[str, Any]:
    """The OpenAPI document. It is the same for everybody, so it is made once."""
    with patched_settings(SETTINGS):
        made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made
