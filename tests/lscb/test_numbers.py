"""Numbers as people read them."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from lscb import numbers
from lscb.templatetags import lscb as tags


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (0.25, 1, "0.3"),
        (-0.25, 1, "−0.3"),
        (2.675, 2, "2.68"),
        (0.5, 0, "1"),
        (-0.5, 0, "−1"),
        (-0.4, 0, "0"),
        (Decimal("-0.04"), 1, "0.0"),
        (Fraction(3130 * 10000, 60207), 1, "519.9"),
        (3215, 0, "3,215"),
        (-1234567.0, 0, "−1,234,567"),
    ],
)
def test_a_number_is_rounded_half_away_from_zero_with_a_real_minus_sign(value, places, written):
    assert numbers.format_number(value, places) == written


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (0.25, 1, "0.3"),
        (-0.25, 1, "-0.3"),
        (0.35, 1, "0.4"),
        (2.675, 2, "2.68"),
        (1.005, 2, "1.01"),
        (0.5, 0, "1"),
        (-0.5, 0, "-1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (0.24999, 1, "0.2"),
        (Decimal("0.05"), 1, "0.1"),
        (Fraction(1, 20), 1, "0.1"),
        (Fraction(2, 3), 1, "0.7"),
        (12, 1, "12.0"),
        (0, 1, "0.0"),
        (99.95, 1, "100.0"),
        (1e-7, 1, "0.0"),
        (10**30 + 1, 0, "1000000000000000000000000000001"),
    ],
)
def test_a_half_goes_away_from_zero_and_the_decimals_are_kept(value, places, rounded):
    assert str(numbers.round_half_away(value, places)) == rounded


def test_a_small_negative_number_rounds_to_a_zero_without_a_sign():
    assert str(numbers.round_half_away(-0.04, 1)) == "0.0"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_written_as_one(value):
    with pytest.raises(ValueError, match="not a number"):
        numbers.format_number(value)


def test_negative_places_are_refused():
    with pytest.raises(ValueError, match="places"):
        numbers.round_half_away(15, -1)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (794, "count", "794"),
        (26.1, "percent", "26.1%"),
        (113.2, "percent", "113.2%"),
        (519.9, "rate per 10,000", "519.9"),
        (1.005, "ratio", "1.01"),
        (0, "count", "0"),
        (0, "percent", "0.0%"),
    ],
)
def test_a_value_is_written_with_the_sign_and_decimals_of_its_unit(value, unit, written):
    assert numbers.format_value(value, unit) == written


def test_an_amount_that_is_not_whole_keeps_a_decimal_so_that_its_share_can_be_checked():
    amounts = (3137, Decimal("78.0"), Decimal("33.4"), Decimal("303.88"), 166.95)
    assert [numbers.format_amount(one) for one in amounts] == [
        "3,137", "78", "33.4", "303.9", "167.0",
    ]  # fmt: skip


def test_with_numerator_and_denominator_a_value_is_rounded_once():
    # 0.35 rounded to 0.4 here; a stored 0.349999 would give 0.3
    exact = numbers.format_value(0.349999, "percent", numerator=7, denominator=2000)
    assert exact == "0.4%"


@pytest.mark.parametrize(
    ("numerator", "denominator", "unit", "written"),
    [
        (3130, 60207, "rate per 10,000", "519.9"),  # Luton's referrals of 2023/24, as published
        (3130, 60435, "rate per 10,000", "517.9"),  # the same on the revised population
        (1155, 51 * 20, "percent", "113.2%"),  # training places filled 2024/25, printed as 108%
        (439, 45 * 12, "percent", "81.3%"),  # the same in 2020/21, printed as 84%
        (1, 16, "percent", "6.3%"),  # 6.25
        (0, 7, "percent", "0.0%"),
        (7, 7, "percent", "100.0%"),
    ],
)
def test_ratios_are_rounded_once_from_the_exact_fraction(numerator, denominator, unit, written):
    assert numbers.format_value(None, unit, numerator=numerator, denominator=denominator) == written
    assert numbers.format_value(None, "percent", numerator=1807, denominator=9365) == "19.3%"


def test_a_denominator_of_nothing_leaves_the_value_missing():
    written = numbers.format_value(None, "percent", numerator=3, denominator=0)
    assert written == "not available"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("suppressed", "suppressed at source"),
        ("not available", "not available"),
        ("not applicable", "not applicable"),
        ("not submitted", "not submitted"),
        ("reported", "not available"),
        ("", "not available"),
    ],
)
def test_a_missing_number_says_why_and_is_never_zero(status, words):
    assert numbers.format_value(None, "percent", status=status) == words
    assert numbers.format_count(None, status) == words


def test_every_status_and_unit_of_the_product_has_its_words():
    from performance.indicators.spec import UNITS
    from performance.intake.spec import STATUSES

    assert set(STATUSES) == set(numbers.STATUS_WORDS)
    assert set(UNITS) == set(numbers.UNITS)
    assert numbers.unit_words("rate per 10,000") == "per 10,000"
    assert numbers.unit_words("percent") == ""


@pytest.mark.parametrize(
    ("change", "unit", "written"),
    [
        (-5, "count", "−5"),
        (103, "count", "+103"),
        (1234, "count", "+1,234"),
        (0, "count", "no change"),
        (-32.1, "percent", "−32.1 points"),
        (0.4, "percent", "+0.4 points"),
        (0.01, "percent", "+0.0 points"),
        (None, "percent", "not available"),
        (12.34, "rate per 10,000", "+12.3"),
    ],
)
def test_a_change_carries_its_sign_and_names_points(change, unit, written):
    assert numbers.format_change(change, unit) == written


def test_a_relative_change_is_a_percentage_of_what_was():
    assert numbers.format_relative_change(Fraction(103, 573) * 100) == "+18.0%"
    assert numbers.format_relative_change(-0.626) == "−0.6%"
    assert numbers.format_relative_change(None) == "not available"


def test_an_interval_names_both_limits_or_nothing():
    assert numbers.format_interval(17.4, 21.3, "percent") == "17.4% to 21.3%"
    assert numbers.format_interval(None, 21.3, "percent") == ""


def test_small_helps_of_language():
    assert numbers.plural(1, "problem") == "1 problem"
    assert numbers.plural(0, "problem") == "0 problems"
    assert numbers.plural(3215, "agency", "agencies") == "3,215 agencies"
    sizes = [numbers.format_bytes(size) for size in (1, 999, 372_000, 1_627_076, 2 * 10**9)]
    assert sizes == ["1 byte", "999 bytes", "372 kB", "1.6 MB", "2.0 GB"]


@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(0, 4))
def test_rounding_is_never_further_off_than_half_a_unit_and_a_half_goes_outwards(value, places):
    rounded = Fraction(numbers.round_half_away(value, places))
    unit = Fraction(1, 10**places)
    assert abs(rounded - value) <= unit / 2
    if abs(rounded - value) == unit / 2:
        assert abs(rounded) > abs(value)


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_rounding_is_symmetric_and_never_further_than_half_a_unit(value, places):
    rounded = numbers.round_half_away(value, places)
    assert rounded == -numbers.round_half_away(-value, places)
    assert abs(Fraction(rounded) - value) <= Fraction(1, 2 * 10**places)
    assert rounded.as_tuple().exponent == -places


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 5))
def test_rounding_agrees_with_the_decimal_module(value, places):
    wanted = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert numbers.round_half_away(value, places) == wanted


@given(st.integers(-(10**12), 10**12))
def test_a_count_reads_back_as_itself(count):
    written = numbers.format_count(count)
    assert int(written.replace(",", "").replace(numbers.MINUS, "-")) == count
    assert "-" not in written


# In templates


def rendered(source: str, **values: object) -> str:
    return Template("{% load lscb %}" + source).render(Context(values)).strip()


def test_filters_write_numbers_and_periods():
    assert rendered("{{ n|count }} {{ none|count:'suppressed' }}", n=3215, none=None) == (
        "3,215 suppressed at source"
    )
    assert rendered("{{ 26.1|value:'percent' }} {{ -5|change }}") == "26.1% −5"
    assert rendered("{{ 18|relative_change }} {{ 'percent'|unit_words }}") == "+18.0%"
    assert rendered("{{ 2|plural:'agency,agencies' }}, {{ 1|plural:'row' }}") == "2 agencies, 1 row"
    assert (
        rendered("{{ 372000|file_size }} {{ 'not submitted'|missing }}") == "372 kB not submitted"
    )
    words = rendered("{{ p|period }}; {{ p|period_short }}; {{ p|period_span }}", p="2025-26-Q1")
    assert words == "Quarter 1, 2025/26; Q1 25/26; April to June 2025"


def test_a_figure_is_written_from_its_numerator_and_denominator():
    one = SimpleNamespace(value=19.29, numerator=1807, denominator=9365, status="reported")
    assert rendered("{% figure one 'percent' %}", one=one) == "19.3%"
    gone = SimpleNamespace(value=None, numerator=None, denominator=None, status="suppressed")
    assert rendered("{% figure one 'percent' %}", one=gone) == "suppressed at source"


@pytest.mark.parametrize("kind", tags.VARIATION_WORDS)
def test_every_icon_of_variation_has_words_beside_it(kind):
    html = rendered("{% variation kind %}", kind=kind)
    assert html.endswith(f"</svg><span>{tags.VARIATION_WORDS[kind]}</span></span>")
    assert 'aria-hidden="true"' in html
    assert html.count("<path") == 1


def test_an_icon_that_is_not_known_is_a_fault_and_not_a_blank():
    with pytest.raises(KeyError):
        rendered("{% variation 'sideways' %}")


def test_a_chip_carries_its_words_escaped():
    assert (
        rendered("{% chip 'red' words %}", words="<b>") == '<span class="chip red">&lt;b&gt;</span>'
    )


def test_every_state_of_a_submission_has_a_colour():
    from performance.models import State

    assert set(tags.STATE_KINDS) == set(State.values)
    assert rendered("{{ 'accepted'|state_kind }}") == "green"
