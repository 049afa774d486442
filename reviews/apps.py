"""Reviews, audits and section 11: what was learned, and whether it is embedded."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Reviews as Django knows them."""

    name = "reviews"
    verbose_name = "Reviews"

    def ready(self) -> None:
        """Stand in the navigation, bring the reports' own facts with the sample, and what other pages show."""
        from lscb.access import Action
        from lscb.context import NAVIGATION, Entry
        from lscb.signals import sample_loaded
        from performance import contributed
        from performance.contributed import Subject
        from reviews import contributions
        from reviews.queries import pressing
        from reviews.sample import load

        NAVIGATION.append(Entry("Reviews", "reviews", Action.SEE_FIGURES, waiting=pressing))
        sample_loaded.connect(load, dispatch_uid="reviews")
        contributed.SEARCHES.append(contributions.search)
        contributed.OVERDUE.append(contributions.overdue)
        contributed.ABOUT.append(contributions.about)
        contributed.LIMITS.append(contributions.limits)
        contributed.REPORTS.append(contributions.reports)
        contributed.EVIDENCE.append(contributions.evidence)
        contributed.SUBJECTS["review"] = Subject("Reviews", contributions.subjects)
        contributed.RECOMMENDATIONS[contributions.RECOMMENDATION] = Subject(
            "Recommendations", contributions.recommendations
        )
