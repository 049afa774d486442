"""The addresses of training's pages, under /training/."""

from django.urls import URLPattern, URLResolver, path

from training import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.table, name="training"),
    path("table.csv", views.table_csv, name="training-csv"),
]
