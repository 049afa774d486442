"""Returns become counts, counts become indicators, indicators become the scorecard and dashboards."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"
    verbose_name = "Performance"

    def ready(self) -> None:
        """Read every definition at start-up: a bad one stops the program and says file, line and field."""
        from performance.indicators.spec import indicators, scorecard
        from performance.intake.spec import returns

        returns()
        indicators()
        scorecard()
