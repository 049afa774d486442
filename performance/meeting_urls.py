"""The addresses of what meetings work with: editions, commentary, challenges, saved views, the pack, search."""

from django.urls import URLPattern, path

from performance import urls  # registers the converter `period`
from performance.views import editions

__all__ = ["urlpatterns", "urls"]

urlpatterns: list[URLPattern] = [
    path("scorecard/editions/", editions.editions, name="editions"),
    path("scorecard/editions/compare/", editions.compare, name="edition-compare"),
    path("scorecard/editions/<int:edition_id>/", editions.edition, name="edition"),
    path("scorecard/editions/<int:edition_id>/step/", editions.step, name="edition-step"),
    path("scorecard/<period:period>/edition/", editions.open_edition, name="edition-open"),
]
