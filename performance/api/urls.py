"""The addresses of the API, under /api/v1/."""

from django.urls import URLPattern, path, re_path

from performance.api import (
    challenges,
    documents,
    editions,
    indicators,
    returns,
    scorecards,
    signals,
    submissions,
)

urlpatterns: list[URLPattern] = [
    path("", documents.Root.as_view(), name="api-root"),
    path("schema/", documents.Schema.as_view(), name="api-schema"),
    path("docs/", documents.Docs.as_view(), name="api-docs"),
    path("docs/console/", documents.Console.as_view(), name="api-console"),
    path("areas/", returns.Areas.as_view(), name="api-areas"),
    path("returns/", returns.Returns.as_view(), name="api-returns"),
    path("returns/<slug:return_id>/", returns.OneReturn.as_view(), name="api-return"),
    path(
        "returns/<slug:return_id>/schema.json",
        returns.ReturnSchema.as_view(),
        name="api-return-schema",
    ),
    path(
        "returns/<slug:return_id>/template.csv",
        returns.ReturnTemplate.as_view(),
        name="api-return-template",
    ),
    path("submissions/", submissions.Submissions.as_view(), name="api-submissions"),
    path(
        "submissions/<int:submission_id>/",
        submissions.OneSubmission.as_view(),
        name="api-submission",
    ),
    path(
        "submissions/<int:submission_id>/problems.csv",
        submissions.Problems.as_view(),
        name="api-submission-problems",
    ),
    path(
        "submissions/<int:submission_id>/withdraw/",
        submissions.Withdraw.as_view(),
        name="api-submission-withdraw",
    ),
    path("indicators/", indicators.Indicators.as_view(), name="api-indicators"),
    path("indicators/<str:indicator_id>/", indicators.OneIndicator.as_view(), name="api-indicator"),
    path("observations/", indicators.Observations.as_view(), name="api-observations"),
    path(
        "scorecards/<str:period>/",
        scorecards.OneScorecard.as_view(),
        name="api-scorecard",
    ),
    path("editions/", editions.Editions.as_view(), name="api-editions"),
    path("editions/<int:edition_id>/", editions.OneEdition.as_view(), name="api-edition"),
    path("challenges/", challenges.Challenges.as_view(), name="api-challenges"),
    path("signals/", signals.Signals.as_view(), name="api-signals"),
    re_path(r"^(?P<rest>.*/)$", documents.Nothing.as_view(), name="api-nothing"),
]
