"""The addresses of training's pages, under /training/."""

from django.urls import URLPattern, URLResolver, path

from training import views, views_records

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.table, name="training"),
    path("table.csv", views.table_csv, name="training-csv"),
    path("<slug:kind>/", views_records.records, name="training-records"),
    path("<slug:kind>/list.csv", views_records.records_csv, name="training-records-csv"),
    path("<slug:kind>/add/", views_records.add, name="training-record-add"),
    path("<slug:kind>/<int:record_id>/", views_records.record, name="training-record"),
    path("<slug:kind>/<int:record_id>/change/", views_records.edit, name="training-record-edit"),
    path(
        "<slug:kind>/<int:record_id>/take-out/",
        views_records.remove,
        name="training-record-remove",
    ),
]
