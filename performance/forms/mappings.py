"""The form that maps an agency's own word to a code."""

from typing import Any

from django import forms

from performance.actions.mappings import LONGEST
from performance.intake.codes import code_list


class MappingForm(forms.Form):
    """The code that a word stands for; with `typed` also the word, which the program does not repeat."""

    text = forms.CharField(
        label="The word, as it stands in your file",
        max_length=LONGEST,
        error_messages={"required": "Type the word as it stands in your file."},
    )

    def __init__(self, codes: str, *args: Any, typed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not typed:
            del self.fields["text"]
        choices = [("", "Choose a code"), *((one.code, one.label) for one in code_list(codes))]
        self.fields["code"] = forms.ChoiceField(
            label="Which code does it stand for?",
            choices=choices,
            error_messages={"required": "Choose the code that the text stands for."},
        )
