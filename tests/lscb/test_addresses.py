"""An address that is worked out once is the one that Django gives."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse

from lscb.addresses import address
from lscb.periods import parse


@pytest.mark.parametrize(
    ("name", "args"),
    [("signals", ()), ("challenge", (7,)), ("scorecard-period", (parse("2025-26-Q1"),))],
)
def test_it_is_the_address_of_the_name(name: str, args: tuple[object, ...]) -> None:
    assert address(name, *args) == address(name, *args) == reverse(name, args=args)


def test_a_template_writes_it_as_it_writes_any_address() -> None:
    template = Template("{% load lscb %}{% address 'indicator' one %} {% url 'indicator' one %}")
    told = template.render(Context({"one": "DA01"})).split()
    assert told[0] == told[1] == "/indicators/DA01/"


def test_a_name_that_there_is_not_has_none() -> None:
    with pytest.raises(NoReverseMatch):
        address("nowhere")
