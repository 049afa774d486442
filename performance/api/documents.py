"""The API's own description: its root, the OpenAPI document, the page that shows it, and what is not there."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from lscb.middleware import to_sign_in
from performance.api import openapi, reference, serializers
from performance.api.base import ApiView, PageRenderer

LISTS = ("areas", "indicators", "observations", "returns", "signals", "submissions")


class Root(ApiView):
    """Where everything is."""

    @extend_schema(operation_id="get_root", tags=["start"], responses=serializers.RootAnswer)
    def get(self, request: Request) -> Response:
        """The addresses of the lists, of the OpenAPI document and of its page."""
        names = (*LISTS, "schema", "docs")
        return Response({name: reverse(f"api-{name}", request=request) for name in names})


class Schema(ApiView):
    """The OpenAPI document, in JSON or YAML."""

    renderer_classes = (
        OpenApiJsonRenderer2,
        OpenApiJsonRenderer,
        OpenApiYamlRenderer,
        OpenApiYamlRenderer2,
    )

    @extend_schema(exclude=True)
    def get(self, _request: Request) -> Response:
        """The document."""
        return Response(openapi.document())


class PageView(ApiView):
    """A page for people under the API's addresses."""

    renderer_classes = (PageRenderer, JSONRenderer)

    def handle_exception(self, exc: Exception) -> Any:
        """A browser that is signed out is sent to sign in; a program gets its 401."""
        if isinstance(exc, NotAuthenticated) and "text/html" in self.request.headers.get(
            "Accept", ""
        ):
            return to_sign_in(self.request._request)
        return super().handle_exception(exc)


class Docs(PageView):
    """The OpenAPI document as a page."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """The page."""
        document = openapi.document()
        context = {
            "groups": reference.groups(document),
            "shapes": reference.shapes(document),
            "root": reverse("api-root", request=request),
        }
        return render(request._request, "performance/api_docs.html", context)


class Console(PageView):
    """Where requests can be tried. Its script is a file, so that the content security policy holds."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """The page."""
        return render(request._request, "performance/api_console.html")


class Nothing(ApiView):
    """Any other address under the API: 401 for whoever is signed out, else a 404 as a problem."""

    @extend_schema(exclude=True)
    def get(self, _request: Request, **_rest: str) -> Response:
        """There is nothing here."""
        raise Http404

    post = put = patch = delete = get
