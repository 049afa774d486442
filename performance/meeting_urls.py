"""The addresses of what meetings work with: editions, commentary, challenges, saved views, the pack, search."""

from django.urls import URLPattern, path

from lscb import converters  # noqa: F401  the converter `period`
from performance.views import (
    challenges,
    commentary,
    dashboards,
    edition_steps,
    editions,
    meeting_days,
    meetings,
    reports,
    rows,
    saved_views,
    search,
    sheet,
    words_out,
)

urlpatterns: list[URLPattern] = [
    path("scorecard/editions/", editions.editions, name="editions"),
    path("scorecard/editions/compare/", editions.compare, name="edition-compare"),
    path("scorecard/editions/<int:edition_id>/", editions.edition, name="edition"),
    path(
        "scorecard/editions/<int:edition_id>/scorecard.pdf",
        sheet.edition_sheet,
        name="edition-pdf",
    ),
    path("scorecard/editions/<int:edition_id>/scorecard.csv", editions.as_csv, name="edition-csv"),
    path(
        "scorecard/editions/<int:edition_id>/rows/<str:indicator_id>/",
        rows.held,
        name="edition-row",
    ),
    path(
        "scorecard/editions/<int:edition_id>/steps/<slug:name>/",
        edition_steps.step,
        name="edition-step",
    ),
    path("scorecard/<period:period>/scorecard.pdf", sheet.sheet, name="scorecard-pdf"),
    path("scorecard/<period:period>/edition/", editions.open_edition, name="edition-open"),
    path(
        "scorecard/<period:period>/rows/<str:indicator_id>/",
        rows.row,
        name="scorecard-row",
    ),
    path(
        "scorecard/<period:period>/rows/<str:indicator_id>/chart.<slug:kind>",
        rows.as_file,
        name="scorecard-row-file",
    ),
    path("indicators/<str:indicator_id>/commentary/", commentary.commentary, name="commentary"),
    path("dashboards/<slug:theme>/<int:place>.<slug:kind>", dashboards.panel, name="panel-file"),
    path("meetings/", meetings.latest, name="meetings"),
    path("meetings/days/", meeting_days.days, name="meeting-days"),
    path("meetings/days/<int:meeting_id>/remove/", meeting_days.remove, name="meeting-day-remove"),
    path("meetings/<period:period>/", meetings.meeting, name="meeting"),
    path("meetings/<period:period>/pack.docx", meetings.word, name="meeting-word"),
    path("meetings/<period:period>/pack.pdf", meetings.pdf, name="meeting-pdf"),
    path("reports/", reports.reports, name="reports"),
    path("search/", search.search, name="search"),
    path("views/", saved_views.views, name="views"),
    path("views/save/", saved_views.save, name="view-save"),
    path("views/<int:view_id>/delete/", saved_views.forget, name="view-forget"),
    path("challenges/", challenges.challenges, name="challenges"),
    path("challenges/new/", challenges.new, name="challenge-new"),
    path("challenges/<int:challenge_id>/", challenges.challenge, name="challenge"),
    path("challenges/<int:challenge_id>/deep-dive/", challenges.deep_dive, name="deep-dive"),
    path(
        "challenges/<int:challenge_id>/files/<int:entry_id>/",
        challenges.file,
        name="challenge-file",
    ),
    path(
        "challenges/<int:challenge_id>/history/<int:entry_id>/take-out/",
        words_out.of_challenge,
        name="challenge-words-out",
    ),
    path(
        "commentary/<int:commentary_id>/take-out/",
        words_out.of_commentary,
        name="commentary-words-out",
    ),
    path("settings/<int:setting_id>/take-out/", words_out.of_setting, name="setting-words-out"),
    path("rebases/<int:rebase_id>/take-out/", words_out.of_rebase, name="rebase-words-out"),
    path(
        "comparable/<int:comparable_id>/take-out/",
        words_out.of_comparable,
        name="comparable-words-out",
    ),
]
