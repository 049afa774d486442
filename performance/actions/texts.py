"""What people write beside figures is looked at before it is kept: nothing in it may identify a child or a family."""

from performance.intake.sentences import kind_in_text


def personal_in(text: str) -> str:
    """What is wrong with a text that identifies a person, as its writer is told; empty where it does not. Nothing of it
    is repeated."""
    what = kind_in_text(text)
    if what is None:
        return ""
    return f"The text seems to hold {what}. Take it out: nothing here may identify a child or a family."


def check_texts(refused: type[Exception], *texts: str) -> None:
    """Raise `refused` for a text that identifies a person."""
    for text in texts:
        if said := personal_in(text):
            raise refused(said)
