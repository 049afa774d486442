"""Training: courses, sessions, who came, what they said, and the quarterly table of the reports."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Training as Django knows it."""

    name = "training"
    verbose_name = "Training"

    def ready(self) -> None:
        """Stand in the navigation, and bring the reports' own facts when the sample is loaded."""
        from lscb import access, history
        from lscb.access import Action
        from lscb.context import NAVIGATION, Entry
        from lscb.signals import sample_complete, sample_loaded
        from performance import contributed
        from training import evidence
        from training.contributions import reports, search
        from training.sample import link, load

        history.CHECKED_BY["training"] = access.check_edit_training
        NAVIGATION.append(Entry("Training", "training", Action.SEE_FIGURES))
        contributed.ANSWERS.append(evidence.answers)
        contributed.REPORTS.append(reports)
        contributed.EVIDENCE.append(evidence.of_courses)
        contributed.SEARCHES.append(search)
        sample_loaded.connect(load, dispatch_uid="training")
        sample_complete.connect(link, dispatch_uid="training")
