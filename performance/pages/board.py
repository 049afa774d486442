"""The scorecard of a quarter with all that it is made from: what the pages, the API and the plan show alike."""

from dataclasses import dataclass

from django.http import Http404

from lscb.periods import Period
from performance.indicators.scorecard import Scorecard
from performance.indicators.scorecard import scorecard as own_layout
from performance.indicators.spec import indicators
from performance.models.catalogue import agreed, arranged
from performance.pages import scorecard
from performance.queries import observations
from performance.queries import scorecard as queries
from performance.queries.observations import Value
from performance.queries.scorecard import Places, Written


@dataclass(frozen=True)
class Board:
    """The scorecard of a quarter, with the places, the observations and the decisions that it was made from."""

    page: scorecard.Page
    places: Places
    values: list[Value]
    written: Written

    def now(self, indicator: str) -> Value | None:
        """The area's own observation of the quarter."""
        own = (self.places.area.code, indicator, self.page.quarter)
        return next(
            (one for one in self.values if (one.area, one.indicator, one.period) == own), None
        )


def board(
    code: str, quarter: Period, layout: Scorecard | None = None, *, drafts: bool = False
) -> Board:
    """The scorecard of a quarter for the area of this code, in three queries. `layout` are other rows than the
    scorecard's own; with `drafts` each row has its drafted sentence. Raises Http404."""
    places = queries.places(code)
    if places is None:
        raise Http404(f"There is no area '{code}'.")
    written = queries.written(places, quarter)
    rows = layout or arranged(own_layout(), written.places)
    values = observations.scorecard_values(
        scorecard.listed(rows),
        places.codes,
        scorecard.periods_needed(quarter),
        known=written.told,
    )
    page = scorecard.build(
        rows,
        quarter,
        values,
        code,
        places.comparators,
        places.wider,
        written.rebases,
        agreed(indicators().values(), quarter.end, written.settings),
        drafts=drafts,
    )
    return Board(page, places, values, written)
