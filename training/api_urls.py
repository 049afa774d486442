"""The addresses of training's API, under /api/v1/training/."""

from django.urls import URLPattern, path

from training.api import Training

urlpatterns: list[URLPattern] = [path("", Training.as_view(), name="api-training")]
