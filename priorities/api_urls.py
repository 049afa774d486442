"""The addresses of the plan's API, under /api/v1/priorities/."""

from django.urls import URLPattern, path

from priorities import api

urlpatterns: list[URLPattern] = [
    path("", api.Priorities.as_view(), name="api-priorities"),
    path("actions/", api.Actions.as_view(), name="api-plan-actions"),
]
