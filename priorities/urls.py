"""The addresses of the plan, under /priorities/."""

from django.urls import URLPattern, URLResolver, path

from priorities import views, views_actions, views_files

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="priorities"),
    path("plan/", views.plan, name="plan"),
    path("plan/plan.docx", views_files.plan_word, name="plan-word"),
    path("plan/plan.pdf", views_files.plan_pdf, name="plan-pdf"),
    path("<int:priority_id>/", views.priority, name="priority"),
    path("<int:priority_id>/priority.docx", views_files.priority_word, name="priority-word"),
    path("<int:priority_id>/priority.pdf", views_files.priority_pdf, name="priority-pdf"),
    path("<int:priority_id>/answer/", views.judge, name="priority-answer"),
    path("actions/<int:action_id>/report/", views_actions.report_on, name="action-report"),
    path("actions/<int:action_id>/milestones/", views_actions.milestones, name="action-milestones"),
    path("<slug:kind>/", views.records, name="priorities-list"),
    path("<slug:kind>/list.csv", views.records_csv, name="priorities-csv"),
    path("<slug:kind>/new/", views.new, name="priorities-new"),
    path("<slug:kind>/<int:record_id>/", views.record, name="priorities-record"),
    path("<slug:kind>/<int:record_id>/edit/", views.edit, name="priorities-edit"),
]
