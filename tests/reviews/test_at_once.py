"""Two people who save at the same moment, each in a transaction of their own: the later one is told."""

import threading
from datetime import date

import pytest
from django.db import connections, transaction
from django.urls import reverse

from lscb.models import Person
from reviews import actions
from reviews.models import Recommendation, Review
from tests.reviews.test_pages import client_of, seen_on

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_saves_while_another_is_saving_is_told_and_overwrites_nothing(
    rapid: Review, manager: Person
) -> None:
    address = reverse("review-change", args=[rapid.pk])
    mine = client_of(manager)
    typed = {"title": rapid.title, "area": rapid.area.code, "summary": "Mine."}
    typed["seen"] = seen_on(mine, address)
    answers: list[int] = []

    def save() -> None:
        try:
            answers.append(mine.post(address, typed).status_code)
        finally:
            connections.close_all()

    with transaction.atomic():
        actions.change_review(by=manager, review=rapid, summary="Theirs.")
        second = threading.Thread(target=save)
        second.start()
        second.join(timeout=1.5)  # it reads what stands, and waits
        assert second.is_alive()
    second.join(timeout=30)
    rapid.refresh_from_db()
    assert (answers, rapid.summary) == ([422], "Theirs.")


def test_a_change_of_one_part_keeps_what_another_wrote_beside_it_at_that_moment(
    rapid: Review, manager: Person
) -> None:
    made = actions.save_part(
        by=manager, review=rapid, part=Recommendation(), text="Train all staff."
    )
    opened = Recommendation.objects.get(pk=made.pk)
    actions.record_evidence(
        by=manager, recommendation=made, evidence="Staff ask earlier.", evidence_on=date(2026, 4, 1)
    )
    actions.save_part(by=manager, review=rapid, part=opened, text="Train all staff, and managers.")
    made.refresh_from_db()
    assert (made.text, made.evidence) == ("Train all staff, and managers.", "Staff ask earlier.")
