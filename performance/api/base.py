"""What every address of the API shares: who may ask, how errors look, and pages of a list that never skip a row."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model, Q, QuerySet
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotAuthenticated, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from lscb.http import why_too_large
from lscb.models import Person
from performance.api import problems
from performance.api.authentication import TokenAuthentication

PAGE_SIZE, LARGEST_PAGE = 100, 1000
NO_CURSOR = "This is no cursor: take the address in 'next' as it is."
PAGE_PARAMETERS = ("cursor", "page_size", "format")


class ApiView(APIView):
    """An address of the API. Whoever is signed out gets 401; errors are problem details."""

    authentication_classes = (TokenAuthentication, SessionAuthentication)
    permission_classes = (IsAuthenticated,)
    renderer_classes: Sequence[type[BaseRenderer]] = (JSONRenderer,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Turn away what is too large by its own account, before a byte of it is read."""
        if why := why_too_large(request):
            raise problems.TooLarge(why)
        super().initial(request, *args, **kwargs)

    def get_exception_handler(self) -> Any:
        """Part of the framework's contract: what turns an exception into an answer."""
        return problems.handle


class CsvRenderer(BaseRenderer):
    """Lets a request for text/csv through to a view that writes its answer by itself."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, *_args: Any, **_kwargs: Any) -> Any:
        """Gives back what the view made."""
        return data


class PageRenderer(CsvRenderer):
    """Lets a browser through to a view that renders its page by itself."""

    media_type = "text/html"
    format = "html"


def person_of(request: Request) -> Person:
    """The person behind a request. Raises NotAuthenticated."""
    if not isinstance(request.user, Person):
        raise NotAuthenticated
    return request.user


def parameters(request: Request, serializer: type[BaseSerializer[Any]]) -> dict[str, Any]:
    """The query parameters as a serializer checked them; a repeated one is a list, as one with commas is.

    Raises ValidationError for a wrong value, and for a parameter that does not exist: a filter with a slip in its
    name would otherwise answer with everything.
    """
    given = {name: ",".join(values) for name, values in request.query_params.lists()}
    query = serializer(data={name: value for name, value in given.items() if value})
    known = {*getattr(query, "fields", ()), *PAGE_PARAMETERS}
    unknown = sorted(set(given) - known)
    if unknown:
        raise ValidationError(
            {
                name: [f"There is no parameter '{name}'. Known: {', '.join(sorted(known))}."]
                for name in unknown
            }
        )
    query.is_valid(raise_exception=True)
    return dict(query.validated_data)


def page(
    request: Request,
    rows: QuerySet[Any],
    key: Sequence[str],
    serializer: type[BaseSerializer[Any]],
    read_beside: Callable[[list[Any]], dict[str, Any]] = lambda _: {},
) -> Response:
    """One page of `rows` in the order of the unique `key`, and the address of the next.

    The address holds the key of the last row and not a number of rows, so that rows which come or go between two
    pages neither hide nor repeat others. A key that begins with - runs downwards (all of it). One query, and those of
    `read_beside`: what the serializer finds in its context about the rows of this page.
    """
    size = _page_size(request)
    cursor = request.query_params.get("cursor")
    if cursor:
        rows = _beyond(rows, key, cursor)
    found = list(rows.order_by(*key)[: size + 1])
    following = None
    if len(found) > size:
        found = found[:size]
        address = request.build_absolute_uri()
        following = replace_query_param(address, "cursor", _encode(key, found[-1]))
    return Response(
        {
            "next": following,
            "results": serializer(
                found, many=True, context={"request": request, **read_beside(found)}
            ).data,
        }
    )


def all_at_once(
    rows: Sequence[Any],
    serializer: type[BaseSerializer[Any]],
    context: dict[str, Any] | None = None,
) -> Response:
    """A short list in the shape of a page."""
    answer = serializer(rows, many=True, context=context or {})
    return Response({"next": None, "results": answer.data})


def _page_size(request: Request) -> int:
    text = request.query_params.get("page_size") or str(PAGE_SIZE)
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= LARGEST_PAGE:
        return int(text)
    raise ValidationError({"page_size": [f"Write a whole number from 1 to {LARGEST_PAGE}."]})


def _beyond(rows: QuerySet[Any], key: Sequence[str], cursor: str) -> QuerySet[Any]:
    """The rows that come after a cursor. Raises ValidationError for what is no cursor of ours."""
    try:
        return rows.filter(_after(key, _decode(cursor, len(key))))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise ValidationError({"cursor": [NO_CURSOR]}) from error


def _after(key: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows beyond these values: (a, b) > (x, y) is a > x, or a = x and b > y."""
    names = [name.removeprefix("-") for name in key]
    beyond = "lt" if key[0].startswith("-") else "gt"
    condition = Q()
    for place, name in enumerate(names):
        same = dict(zip(names[:place], values[:place], strict=True))
        condition |= Q(**same, **{f"{name}__{beyond}": values[place]})
    # Says again what follows from the above, so that the database can begin at the right place of its index.
    return Q(**{f"{names[0]}__{beyond}e": values[0]}) & condition


def _encode(key: Sequence[str], row: Model) -> str:
    values = [getattr(row, name.removeprefix("-")) for name in key]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _decode(cursor: str, length: int) -> list[Any]:
    """The values in a cursor. Raises ValueError for what is none of ours."""
    values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    if not isinstance(values, list) or len(values) != length or not all(map(_is_plain, values)):
        raise ValueError("not the values of a key")
    return values


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= 200 and "\x00" not in value
    return type(value) is int and abs(value) < 2**62
