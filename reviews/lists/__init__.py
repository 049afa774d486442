"""The lists of reviews, each of what one person may see."""

from collections.abc import Callable

from lscb.models import Person
from reviews.lists.answers import actions, answers, rounds
from reviews.lists.common import List
from reviews.lists.learning import findings, passed_on, recommendations, themes
from reviews.lists.register import register

LISTS: dict[str, Callable[[Person], List]] = {
    "register": register,
    "findings": findings,
    "recommendations": recommendations,
    "actions": actions,
    "passed-on": passed_on,
    "answers": answers,
    "themes": themes,
    "rounds": rounds,
}

__all__ = ["LISTS", "List"]
