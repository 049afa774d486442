"""`manage.py check_templates`: every template of the product compiles, and what it includes or extends is there."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import Engine, TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import Template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.template.utils import get_app_template_dirs


class Command(BaseCommand):
    """Compile each template under the project's own folders; a fault fails the command."""

    help = "Compiles every template of this project and says which of them cannot be."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many templates compile. Raises CommandError naming each that does not."""
        engine = Engine.get_default()
        names = template_names()
        faults = []
        for name in names:
            try:
                for other in names_in(engine.get_template(name)):
                    engine.get_template(other)
            except (TemplateSyntaxError, TemplateDoesNotExist) as error:
                faults.append(f"{name}: {error}")
        if faults:
            raise CommandError("Templates that do not compile:\n" + "\n".join(faults))
        self.stdout.write(f"{len(names)} templates compile.")


def names_in(template: Template) -> set[str]:
    """The templates that one includes or extends by name, which Django looks for only when it renders."""
    found = set()
    for kind, field in ((IncludeNode, "template"), (ExtendsNode, "parent_name")):
        for node in template.nodelist.get_nodes_by_type(kind):
            named = getattr(node, field).var
            if isinstance(named, str):
                found.add(named)
    return found


def template_names() -> list[str]:
    """Return the names of the templates in this project's own applications, sorted."""
    base = Path(settings.BASE_DIR)
    own = [Path(folder) for folder in get_app_template_dirs("templates")]
    own = [folder for folder in own if folder.is_relative_to(base) and ".venv" not in folder.parts]
    found = {
        file.relative_to(folder).as_posix()
        for folder in own
        for file in folder.rglob("*")
        if file.is_file()
    }
    return sorted(name for name in found if not name.startswith("."))
