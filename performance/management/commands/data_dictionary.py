"""`manage.py data_dictionary`: writes docs/data-dictionary.md from the definitions."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from performance import definitions
from performance.actions.agreement import own_folder
from performance.indicators.dictionary import data_dictionary
from performance.queries import catalogue


class Command(BaseCommand):
    """Every return, figure, code list and indicator on one page, so that nobody has to read YAML."""

    help = "Writes the data dictionary from the definitions; with --check only says whether it is in step."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", type=Path, default=Path(settings.BASE_DIR) / "docs" / "data-dictionary.md"
        )
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail when out of step"
        )
        parser.add_argument(
            "--own",
            action="store_true",
            help="with the indicators that were agreed to in the browser, in the order and groups set there",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page, or compare it with what would be written."""
        path: Path = options["to"]
        if not options["own"]:
            definitions.use_own(None)
        text = data_dictionary(catalogue.documented() if options["own"] else None)
        definitions.use_own(own_folder())
        if options["check"]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                raise CommandError(f"{path} is out of step: run `python manage.py data_dictionary`")
            self.stdout.write(f"{path} is in step with the definitions.")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        self.stdout.write(f"Wrote {path}.")
