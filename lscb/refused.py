"""What an action does not do, said to the person who asked for it."""


class FieldRefused(Exception):
    """A change that cannot be. Its text is for the person who asked for it; `field` is what it is about, if one."""

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field
