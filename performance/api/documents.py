"""The API's own description: its root, the OpenAPI document, the page that shows it, and what is not there."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from lscb.middleware import to_sign_in
from performance.api import serializers
from performance.api.base import ApiView, PageRenderer
from performance.api.openapi import SETTINGS

LISTS = ("areas", "indicators", "observations", "returns", "submissions")


class Root(ApiView):
    """Where everything is."""

    @extend_schema(operation_id="get_root", tags=["start"], responses=serializers.RootAnswer)
    def get(self, request: Request) -> Response:
        """The addresses of the lists, of the OpenAPI document and of its page."""
        names = (*LISTS, "schema", "docs")
        return Response({name: reverse(f"api-{name}", request=request) for name in names})


class Schema(ApiView, SpectacularAPIView):
    """The OpenAPI document, in JSON or YAML."""

    custom_settings = SETTINGS
    renderer_classes = [
        OpenApiJsonRenderer2,
        OpenApiJsonRenderer,
        OpenApiYamlRenderer,
        OpenApiYamlRenderer2,
    ]


class Docs(ApiView):
    """The OpenAPI document as a page. Its script is a file, so that the content security policy holds."""

    renderer_classes = (PageRenderer, JSONRenderer)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """The page."""
        return render(request._request, "performance/api_docs.html")

    def handle_exception(self, exc: Exception) -> Any:
        """A browser that is signed out is sent to sign in; a program gets its 401."""
        if isinstance(exc, NotAuthenticated) and "text/html" in self.request.headers.get(
            "Accept", ""
        ):
            answer: HttpResponseBase = to_sign_in(self.request._request)
            return answer
        return super().handle_exception(exc)


class Nothing(ApiView):
    """Any other address under the API: 401 for whoever is signed out, else a 404 as a problem."""

    @extend_schema(exclude=True)
    def get(self, _request: Request, **_rest: str) -> Response:
        """There is nothing here."""
        raise Http404

    post = put = patch = delete = get
