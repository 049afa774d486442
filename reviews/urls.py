"""The addresses of the register, under /reviews/."""

from django.urls import URLPattern, URLResolver, path

from reviews.views import learning, lists, parts, register, reports, section11

urlpatterns: list[URLPattern | URLResolver] = [
    path("", lists.listing, {"what": "register"}, name="reviews"),
    path("reviews.csv", lists.export, {"what": "register"}, name="reviews-csv"),
    path("findings/", lists.listing, {"what": "findings"}, name="review-findings"),
    path("findings/list.csv", lists.export, {"what": "findings"}, name="review-findings-csv"),
    path(
        "recommendations/",
        lists.listing,
        {"what": "recommendations"},
        name="review-recommendations",
    ),
    path(
        "recommendations/list.csv",
        lists.export,
        {"what": "recommendations"},
        name="review-recommendations-csv",
    ),
    path("passed-on/", lists.listing, {"what": "passed-on"}, name="review-passed-on"),
    path("passed-on/list.csv", lists.export, {"what": "passed-on"}, name="review-passed-on-csv"),
    path("new/", register.new, name="review-new"),
    path("themes/", lists.themes, name="review-themes"),
    path("themes/list.csv", lists.themes_csv, name="review-themes-csv"),
    path("themes/new/", learning.theme, name="review-theme-new"),
    path("themes/<int:theme_id>/", learning.theme, name="review-theme"),
    path("actions/", lists.listing, {"what": "actions"}, name="review-actions"),
    path("actions/actions.csv", lists.export, {"what": "actions"}, name="review-actions-csv"),
    path("actions/<int:review_action_id>/", learning.action, name="review-action"),
    path("report/", reports.year_report, name="review-report"),
    path("report/<slug:year>/report.docx", reports.year_word, name="review-report-word"),
    path("report/<slug:year>/report.pdf", reports.year_pdf, name="review-report-pdf"),
    path("section-11/", section11.rounds, name="section-11"),
    path("section-11/answers/", lists.listing, {"what": "answers"}, name="section-11-answers"),
    path(
        "section-11/answers/list.csv",
        lists.export,
        {"what": "answers"},
        name="section-11-answers-csv",
    ),
    path("section-11/new/", section11.round_new, name="section-11-new"),
    path(
        "section-11/assessments/<int:assessment_id>/challenge/",
        section11.challenge,
        name="section-11-challenge",
    ),
    path(
        "section-11/assessments/<int:assessment_id>/actions/new/",
        section11.action_new,
        name="section-11-action-new",
    ),
    path("section-11/challenges/<int:peer_id>/", section11.answer, name="section-11-answer"),
    path("section-11/<str:year>/", section11.round_page, name="section-11-round"),
    path("section-11/<str:year>/round.csv", section11.round_csv, name="section-11-csv"),
    path("section-11/<str:year>/close/", section11.round_close, name="section-11-close"),
    path("section-11/<str:year>/<slug:agency>/", section11.agency_page, name="section-11-agency"),
    path("<int:review_id>/", register.review, name="review"),
    path("<int:review_id>/summary.docx", reports.summary_word, name="review-summary-word"),
    path("<int:review_id>/summary.pdf", reports.summary_pdf, name="review-summary-pdf"),
    path("<int:review_id>/change/", register.edit, name="review-change"),
    path("<int:review_id>/days/<int:change_id>/", register.day, name="review-day"),
    path("<int:review_id>/judge/", parts.judge, name="review-judge"),
    path("<int:review_id>/<slug:what>/new/", parts.part, name="review-part-new"),
    path("<int:review_id>/<slug:what>/<int:part_id>/", parts.part, name="review-part"),
    path(
        "recommendations/<int:recommendation_id>/evidence/",
        learning.evidence,
        name="recommendation-evidence",
    ),
    path(
        "recommendations/<int:recommendation_id>/actions/new/",
        learning.action_new,
        name="recommendation-action-new",
    ),
]
