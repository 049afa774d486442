"""Priorities: what the partnership wants to change, its business plan, risks, campaigns and the voice of the child."""

from django.apps import AppConfig


class PrioritiesConfig(AppConfig):
    """Priorities as Django knows them."""

    name = "priorities"
    verbose_name = "Priorities"

    def ready(self) -> None:
        """Stand in the navigation, bring the reports' own facts with the sample, and what other pages show."""
        from lscb import access, history
        from lscb.access import Action
        from lscb.context import NAVIGATION, Entry
        from lscb.signals import sample_complete, sample_loaded
        from performance import contributed
        from priorities import contributions
        from priorities.sample import link, load

        history.CHECKED_BY["priorities"] = access.check_change_plan
        NAVIGATION.append(Entry("Priorities", "priorities", Action.SEE_FIGURES))
        sample_loaded.connect(load, dispatch_uid="priorities")
        sample_complete.connect(link, dispatch_uid="priorities")
        contributed.ABOUT.append(contributions.about)
        contributed.SEARCHES.append(contributions.search)
        contributed.OVERDUE.append(contributions.overdue)
        contributed.REPORTS.append(contributions.reports)
