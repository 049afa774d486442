"""The addresses of performance's pages."""

from django.urls import URLPattern, URLResolver, path

from lscb import converters  # noqa: F401  the converter `period`
from performance.views import (
    account,
    calendar,
    catalogue,
    claims,
    dashboards,
    events,
    home,
    indicators,
    mappings,
    numbers,
    returns,
    scorecard,
    signals,
    statements,
    submissions,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("scorecard/", scorecard.latest, name="scorecard"),
    path("scorecard/<period:period>/", scorecard.scorecard, name="scorecard-period"),
    path("scorecard/<period:period>/scorecard.csv", scorecard.as_csv, name="scorecard-csv"),
    path("dashboards/", dashboards.dashboards, name="dashboards"),
    path("dashboards/<slug:theme>/", dashboards.dashboard, name="dashboard"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/proposals/", catalogue.proposals, name="indicator-proposals"),
    path(
        "indicators/proposals/<int:proposal_id>/decide/",
        catalogue.decide,
        name="indicator-proposal-decide",
    ),
    path("indicators/<str:indicator_id>/settings/", catalogue.settings, name="indicator-settings"),
    path("indicators/<str:indicator_id>/", indicators.indicator, name="indicator"),
    path("indicators/<str:indicator_id>/rebases/", statements.rebases, name="rebases"),
    path(
        "indicators/<str:indicator_id>/comparable/<period:period>/",
        statements.comparable,
        name="comparable",
    ),
    path(
        "comparable/<int:comparable_id>/remove/",
        statements.comparable_remove,
        name="comparable-remove",
    ),
    path("rebases/<int:rebase_id>/remove/", statements.remove, name="rebase-remove"),
    path("indicators/<str:indicator_id>/numbers/<period:period>/", numbers.number, name="number"),
    path("indicators/<str:indicator_id>/data.<slug:kind>", indicators.data, name="indicator-data"),
    path(
        "indicators/<str:indicator_id>/chart.<slug:kind>",
        indicators.as_file,
        name="indicator-file",
    ),
    path("events/", events.events, name="events"),
    path("events/<int:event_id>/remove/", events.remove, name="event-remove"),
    path("claims/", claims.claims_page, name="claims"),
    path("signals/", signals.signals, name="signals"),
    path("account/", account.account, name="account"),
    path("returns/", returns.returns, name="returns"),
    path("returns/calendar/", calendar.calendar, name="calendar"),
    path("returns/calendar/kept/", calendar.kept, name="calendar-kept"),
    path("returns/calendar/not-applicable/", calendar.exemptions, name="calendar-exemptions"),
    path(
        "returns/calendar/not-applicable/<int:exemption_id>/end/",
        calendar.end_exemption,
        name="calendar-exemption-end",
    ),
    path("returns/mappings/", mappings.mappings, name="mappings"),
    path("returns/mappings/<int:mapping_id>/approve/", mappings.approve, name="mapping-approve"),
    path("returns/mappings/<int:mapping_id>/revoke/", mappings.revoke, name="mapping-revoke"),
    path("returns/<slug:return_id>/", returns.detail, name="return"),
    path("returns/<slug:return_id>/upload/", returns.upload, name="return-upload"),
    path("returns/<slug:return_id>/template.csv", returns.template, name="return-template"),
    path(
        "returns/<slug:return_id>/template.xlsx",
        returns.workbook_template,
        name="return-template-xlsx",
    ),
    path("returns/<slug:return_id>/schema.json", returns.schema, name="return-schema"),
    path("submissions/", submissions.submissions, name="submissions"),
    path("submissions/<int:submission_id>/", submissions.submission, name="submission"),
    path(
        "submissions/<int:submission_id>/progress/",
        submissions.progress,
        name="submission-progress",
    ),
    path(
        "submissions/<int:submission_id>/problems.csv",
        submissions.problems,
        name="submission-problems",
    ),
    path("submissions/<int:submission_id>/file/", submissions.file, name="submission-file"),
    path("submissions/<int:submission_id>/submit/", submissions.submit, name="submission-submit"),
    path(
        "submissions/<int:submission_id>/sign-off/",
        submissions.sign_off,
        name="submission-sign-off",
    ),
    path(
        "submissions/<int:submission_id>/discard/", submissions.discard, name="submission-discard"
    ),
    path("submissions/<int:submission_id>/map/", mappings.map_code, name="submission-map"),
    path(
        "submissions/<int:submission_id>/check-again/",
        mappings.check_again,
        name="submission-check-again",
    ),
    path(
        "submissions/<int:submission_id>/withdraw/",
        submissions.withdraw,
        name="submission-withdraw",
    ),
]
