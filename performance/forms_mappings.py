"""The form that maps an agency's own word to a code."""

from typing import Any

from django import forms

from performance.intake.codes import code_list


class MappingForm(forms.Form):
    """The code that a word stands for."""

    code = forms.ChoiceField(
        label="Which code does it stand for?",
        error_messages={"required": "Choose the code that the text stands for."},
    )

    def __init__(self, codes: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose a code"), *((one.code, one.label) for one in code_list(codes))]
        self.fields["code"] = forms.ChoiceField(
            label="Which code does it stand for?",
            choices=choices,
            error_messages={"required": "Choose the code that the text stands for."},
        )
