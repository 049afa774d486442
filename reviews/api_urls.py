"""The addresses of the register's API, under /api/v1/reviews/."""

from django.urls import URLPattern, path

from reviews.api import Reviews

urlpatterns: list[URLPattern] = [path("", Reviews.as_view(), name="api-reviews")]
