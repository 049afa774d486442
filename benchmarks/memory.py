"""The product's addresses, and one more whose view returns the same bytes from memory: as fast as Django can be."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

MEMORY: dict[str, bytes] = {}


def from_memory(_request: HttpRequest) -> HttpResponse:
    response = HttpResponse(MEMORY["page"])
    response["Content-Encoding"] = "gzip"
    return response


urlpatterns = [path("memory/", from_memory), path("", include("lscb.urls"))]
