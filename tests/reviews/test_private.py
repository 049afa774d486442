"""Free text names no child: what is found, and what is left alone."""

import pytest

from reviews.private import personal_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Met with Sarah Thompson at school.", "a name"),
        ("Mrs Okafor said so.", "a name"),
        ("NHS number 943 476 5919 was on the form.", "an NHS number"),
        ("UPN A123456789012 in the record.", "a pupil number"),
        ("They live at 12 High Street in town.", "an address"),
        ("Postcode LU1 2AB.", "a postcode"),
        ("Write to someone@example.org about it.", "an e-mail address"),
        ("DOB 3/4/2015.", "a date of birth"),
        ("Born on 3 April 2015.", "a date of birth"),
        ("Call 01582 123456 today.", "a telephone number"),
    ],
)
def test_what_identifies_a_person_is_found_in_running_text(text, kind):
    assert personal_kind(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Child J and Child L, reviewed in 2020/21.",
        "Family Usman; Tahira.",
        "Bedfordshire Police and Luton Council met on 3 April 2021.",
        "In 2020/21 there were 1234567890 pages.",
        "Graded Care Profile 2 for children under 1.",
        "The National Panel agreed within 15 working days.",
    ],
)
def test_pseudonyms_agencies_days_and_numbers_are_left_alone(text):
    assert personal_kind(text) is None
