"""A chart's figure stands in its page as Django writes data for a script, however often it is written."""

from django.utils.html import json_script

from performance.pages.panel import Drawn
from performance.templatetags.pages import figure_script

FIGURE = {"data": [{"y": [1, None, 2.5]}], "layout": {"title": "Crimes & <incidents>"}}


def test_it_is_written_as_data_whose_letters_end_no_script() -> None:
    written = figure_script(FIGURE, "da01-all-month")
    assert written == json_script(FIGURE, "figure-da01-all-month")
    assert "<incidents>" not in written


def test_a_figure_that_nobody_changes_is_the_same_in_each_place() -> None:
    drawn = Drawn(FIGURE)
    assert figure_script(drawn, "one") == json_script(FIGURE, "figure-one")
    assert figure_script(drawn, "two") == json_script(FIGURE, "figure-two")
    assert drawn.script is drawn.script


def test_a_name_ends_no_element() -> None:
    assert figure_script(FIGURE, '"><b>') == json_script(FIGURE, 'figure-"><b>')
