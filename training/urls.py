"""The addresses of training's pages, under /training/."""

from django.urls import URLPattern, URLResolver, path

import lscb.converters  # noqa: F401  # periods in addresses
from training import views, views_records, views_report, views_send

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.table, name="training"),
    path("table.csv", views.table_csv, name="training-csv"),
    path("agencies/", views.agencies, name="training-agencies"),
    path("agencies/list.csv", views.agencies_csv, name="training-agencies-csv"),
    path("report/<period:period>/", views_report.quarter, name="training-report"),
    path(
        "report/<period:period>/report.docx", views_report.quarter_word, name="training-report-word"
    ),
    path("report/<period:period>/report.pdf", views_report.quarter_pdf, name="training-report-pdf"),
    path("report/<period:period>/write/", views_report.write, name="training-report-write"),
    path("send/", views_send.send, name="training-send"),
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
