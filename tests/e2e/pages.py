"""The pages of the product that tests and screenshots open: who opens them, where, and under which name."""

from dataclasses import dataclass

WIDTHS = (320, 768, 1440)
SUBGROUP, POLICE, MANAGER = "subgroup", "analyst.police", "manager"


@dataclass(frozen=True)
class Place:
    """One page: the name it is filed under, its address, and the demonstration's person who opens it."""

    name: str
    address: str
    person: str = SUBGROUP

    @property
    def email(self) -> str:
        """The person's sign-in."""
        return f"{self.person}@example.org"


PLACES = (
    Place("home", "/"),
    Place("scorecard", "/scorecard/"),
    Place("scorecard-of-a-wider-area", "/scorecard/?area=pan-bedfordshire"),
    Place("scorecard-without-figures", "/scorecard/2012-13-Q1/"),
    Place("dashboards", "/dashboards/"),
    Place("dashboard-front-door", "/dashboards/front-door/"),
    Place("dashboard-who-refers", "/dashboards/who-refers/"),
    Place("dashboard-domestic-abuse", "/dashboards/domestic-abuse/"),
    Place("dashboard-why", "/dashboards/why/"),
    Place("dashboard-who-is-referred", "/dashboards/who-is-referred/"),
    Place("dashboard-without-figures", "/dashboards/voice/"),
    Place("dashboard-training", "/dashboards/training/?area=pan-bedfordshire"),
    Place("indicators", "/indicators/"),
    Place("indicators-searched", "/indicators/?q=neglect"),
    Place("indicator-by-month", "/indicators/FD03/"),
    Place("indicator-by-source", "/indicators/FD13/"),
    Place("indicator-as-printed", "/indicators/FD05/"),
    Place("indicator-without-figures", "/indicators/HE01/"),
    Place("scorecard-row", "/scorecard/2024-25-Q4/rows/DA01/"),
    Place("dashboard-compared", "/dashboards/front-door/?unit=rate&compare=past&table=1"),
    Place("dashboard-broken-down", "/dashboards/front-door/?breakdown=source&within=age_band:1-4"),
    Place("number", "/indicators/FD05/numbers/2020-21/?area=E06000032"),
    Place("commentary", "/indicators/DA01/commentary/?period=2024-25-Q4"),
    Place("challenges", "/challenges/"),
    Place("challenge-new", "/challenges/new/?indicator=DA01"),
    Place("views", "/views/"),
    Place("signals", "/signals/"),
    Place("meeting-pack", "/meetings/2024-25-Q4/"),
    Place("meeting-days", "/meetings/days/"),
    Place("search", "/search/?q=referrals"),
    Place("reports", "/reports/?quarter=2024-25-Q4"),
    Place("returns", "/returns/"),
    Place("return", "/returns/referrals/"),
    Place("home-of-an-analyst", "/", POLICE),
    Place("upload", "/returns/police-da/upload/", POLICE),
    Place("submissions", "/submissions/", POLICE),
    Place("priorities", "/priorities/"),
    Place("plan", "/priorities/plan/?area=demonstration"),
    Place("priority", "/priorities/3/"),
    Place("priority-answer", "/priorities/3/answer/", MANAGER),
    Place("priority-edit", "/priorities/priorities/3/edit/", MANAGER),
    Place("plan-actions", "/priorities/actions/?area=demonstration"),
    Place("risks", "/priorities/risks/"),
    Place("risk", "/priorities/risks/4/"),
    Place("voice", "/priorities/voice/"),
    Place("drafts", "/account/drafts/", MANAGER),
    Place("reviews", "/reviews/"),
    Place("review", "/reviews/1/"),
    Place("review-findings", "/reviews/findings/"),
    Place("review-recommendations", "/reviews/recommendations/"),
    Place("review-actions", "/reviews/actions/"),
    Place("review-themes", "/reviews/themes/"),
    Place("review-report", "/reviews/report/?year=2020-21"),
    Place("section-11", "/reviews/section-11/2020-21/"),
    Place("section-11-agency", "/reviews/section-11/2020-21/hospitals/"),
    Place("training", "/training/?year=2024-25"),
    Place("training-report", "/training/report/2024-25-Q4/"),
    Place("training-report-write", "/training/report/2024-25-Q4/write/", MANAGER),
    Place("training-quotes", "/training/quotes/"),
    Place("training-by-agency", "/training/agencies/"),
    Place("agencies", "/agencies/", MANAGER),
    Place("agency-replacement", "/agencies/police/replacement/", MANAGER),
    Place("submissions-of-all", "/submissions/?return=figures", MANAGER),
)
# What only the whole sample holds: the area whose figures are invented.
SYNTHETIC_PLACES = (
    Place("synthetic-scorecard", "/scorecard/?area=demonstration"),
    Place("synthetic-dashboard", "/dashboards/domestic-abuse/?area=demonstration"),
    Place("synthetic-indicator", "/indicators/FD06/?area=demonstration"),
)
