"""The addresses of training's API, under /api/v1/training/."""

from django.urls import URLPattern, path

from training import api

urlpatterns: list[URLPattern] = [
    path("", api.Training.as_view(), name="api-training"),
    path("programme/", api.Programme.as_view(), name="api-training-programme"),
    path("commentary/", api.Commentaries.as_view(), name="api-training-commentary"),
]
