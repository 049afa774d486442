"""What an action does not do, said to the person who asked for it."""

from django.forms import BaseForm


class FieldRefused(Exception):
    """A change that cannot be. Its text is for the person who asked for it; `field` is what it is about, if one."""

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field

    def say_in(self, form: BaseForm) -> None:
        """Say it in a form: at its field, else above them all."""
        form.add_error(self.field if self.field in form.fields else None, str(self))
