"""Errors as problem details (RFC 9457): a machine reads `status` and `code`, a person reads `detail` and `errors`."""

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import Http404, JsonResponse, UnreadablePostError
from rest_framework import exceptions
from rest_framework.views import set_rollback

logger = logging.getLogger("performance.api")

CONTENT_TYPE = "application/problem+json"
CODES = {
    400: "invalid",
    401: "not-signed-in",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "conflict",
    413: "too-large",
    415: "unsupported-media-type",
    422: "key-reused",
    429: "too-many-requests",
    500: "fault",
    503: "unavailable",
}
NOT_FOUND = "There is nothing at this address for you."
INVALID = "The request cannot be carried out as it is. The errors say what to change."
FAULT = "Something is wrong in the program, and it has been logged. Nothing was changed. Try again later."
UNAVAILABLE = "The database does not answer just now. Nothing was changed. Try again in a minute."


class Conflict(exceptions.APIException):
    """409: what is asked for does not fit the state the thing is in."""

    status_code = HTTPStatus.CONFLICT


class TooLarge(exceptions.APIException):
    """413: more bytes than are accepted."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class KeyReused(exceptions.APIException):
    """422: the idempotency key was used before, for something else."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY


def problem(
    status: int,
    detail: str,
    errors: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
) -> JsonResponse:
    """The answer to a request that failed. `errors` name the field, a code and a sentence each."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "code": CODES.get(status, "failed"),
        "detail": detail,
        "errors": errors or [],
    }
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers=headers)


def handle(error: Exception, _context: dict[str, Any]) -> JsonResponse:
    """Any exception of an API view as a problem. One that nobody foresaw is logged and is a 500."""
    set_rollback()
    if isinstance(error, exceptions.ValidationError):
        return problem(error.status_code, INVALID, _errors(error.detail))
    if isinstance(error, exceptions.APIException):
        return problem(error.status_code, str(error.detail), headers=_headers(error))
    if isinstance(error, Http404):
        return problem(404, NOT_FOUND)
    if isinstance(error, PermissionDenied):
        return problem(403, str(error) or str(exceptions.PermissionDenied.default_detail))
    if isinstance(error, RequestDataTooBig):
        return problem(413, "The request holds more than is accepted.")
    if isinstance(error, SuspiciousOperation | UnreadablePostError):
        return problem(400, "The request could not be read.")
    return _fault(error)


def _fault(error: Exception) -> JsonResponse:
    logger.error("a request failed", exc_info=error)
    got_request_exception.send(sender=None)
    if isinstance(error, OperationalError):
        return problem(503, UNAVAILABLE, headers={"Retry-After": "60"})
    return problem(500, FAULT)


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = f"{wait:.0f}"
    return headers


def _errors(detail: Any, field: str = "") -> list[dict[str, str]]:
    """What a validation found, flattened: one entry for each sentence, with the path of its field."""
    if isinstance(detail, dict):
        return [
            entry
            for name, inner in detail.items()
            for entry in _errors(inner, _path(field, "" if name == "non_field_errors" else name))
        ]
    if isinstance(detail, list | tuple):
        return [entry for inner in detail for entry in _errors(inner, field)]
    return [{"field": field, "code": getattr(detail, "code", "invalid"), "message": str(detail)}]


def _path(outer: str, name: object) -> str:
    return f"{outer}.{name}".strip(".")
