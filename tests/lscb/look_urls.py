"""The product's addresses and one page more, which holds every part of the look: for tests and screenshots."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from lscb import urls
from tests.lscb.look_page import CONTEXT, PAGE

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


def look(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render(CONTEXT, request))


urlpatterns = [path("look/", look, name="look"), *urls.urlpatterns]
