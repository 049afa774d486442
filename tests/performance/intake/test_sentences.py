"""Personal data in sentences is found; ordinary sentences raise no alarm."""

import pytest

from performance.intake.sentences import kind_in_text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We spoke with Aaron Smith about it.", "a name"),
        ("The family lives at 14 Park Road, near the school.", "an address"),
        ("Write to sam.reid@example.org for the slides.", "an e-mail address"),
        ("Call me on 01582 123456 tomorrow.", "a telephone number"),
        ("His NHS number is 943 476 5919 as it says.", "an NHS number"),
        ("They moved to LU1 2BQ in May.", "a postcode"),
        ("The boy, DOB 3/4/2015, was there.", "a date of birth"),
        ("Mrs Okafor said so.", "a name"),
        ("Child Sarah Thompson was seen.", "a name"),
        ("UPN A123456789012 in the record.", "a pupil number"),
        ("Born on 3 April 2015.", "a date of birth"),
        ("Seen on 3 April 2015, her birthday.", "a date of birth"),
        ("The birthday is on 3rd of April 2015.", "a date of birth"),
        ("3/4/2015 (date of birth) was wrong in two records.", "a date of birth"),
        ("They live at 12 high street now.", "an address"),
        ("Seen at 7 Elm Close today.", "an address"),
        ("x" * 350 + " and a.person@example.org", "an e-mail address"),
    ],
)
def test_what_identifies_a_person_is_found_within_a_sentence(text, kind):
    assert kind_in_text(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I will ask what each meeting means for the child, and record the answer.",
        "Working Together to Safeguard Children was updated in December 2020; 1,155 places were booked.",
        "A Designated Safeguarding Lead in Central Bedfordshire now audits records.",
        "Child J and Child L, reviewed in 2020/21.",
        "Family Usman; Tahira.",
        "Family Usman",
        "Bedfordshire Police and Luton Council met on 3 April 2021.",
        "In 2020/21 there were 1234567890 pages.",
        "The National Panel agreed within 15 working days.",
        "Panels before birth met on 3 April 2021; babies born in 2020 were seen.",
        "Recommendation 3 of the review of 2021/22, page 12.",
        "Of 48 visits 12 took place in May.",
        "The 3 meetings took place; 4 agencies have to close the gap.",
        "In 2024 children on the way to court waited 30 weeks.",
        "4 of 5 children in care close to home, 2 cases in the family court.",
    ],
)
def test_ordinary_sentences_raise_no_alarm(text):
    assert kind_in_text(text) is None
