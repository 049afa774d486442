"""Training and the recommendations that it answers: linked both ways, and nothing is told of a restricted review."""

from datetime import date

import pytest
from django.urls import reverse

from lscb.models import Area
from reviews import actions
from reviews.models import Recommendation, Review
from training.actions import save
from training.models import Course

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 23)


@pytest.fixture
def asked(manager):
    """Recommendations of an open review, and of one that only the manager may see."""
    found = []
    for title, restricted in (("Child A", False), ("Child Hidden", True)):
        review: Review = actions.add_review(
            by=manager,
            kind="learning-review",
            title=title,
            area=Area.objects.get(code="E06000032"),
            on=DAY,
            restricted=restricted,
        )
        found.append(
            actions.save_part(
                by=manager, review=review, part=Recommendation(), text=f"Teach it, says {title}."
            )
        )
    return found


def key(recommendation: Recommendation) -> str:
    return f"recommendation:{recommendation.pk}"


def send(client, course, **more):
    sent = {"title": course.title, "about": "", "answers": "", "source": "", **more}
    return client.post(reverse("training-record-edit", args=["courses", course.pk]), sent)


@pytest.fixture
def course(held) -> Course:
    return held().course


def test_a_course_is_linked_with_what_it_answers_and_stands_there(client, manager, asked, course):
    client.force_login(manager)
    form = client.get(reverse("training-record-edit", args=["courses", course.pk]))
    assert "Teach it, says Child A." in form.content.decode()
    assert send(client, course, recommendations=[key(asked[0])]).status_code == 302
    page = client.get(course.get_absolute_url()).content.decode()
    assert "Child A: Teach it, says Child A." in page
    assert f"#recommendation-{asked[0].pk}" in page
    review = client.get(asked[0].review.get_absolute_url()).content.decode()
    assert "Training that answers it:" in review
    assert course.get_absolute_url() in review


def test_what_only_some_may_see_is_not_told_and_not_lost(client, manager, trainer, asked, course):
    client.force_login(manager)
    send(client, course, recommendations=[key(one) for one in asked])
    client.force_login(trainer)
    for address in (
        course.get_absolute_url(),
        reverse("training-record-edit", args=["courses", course.pk]),
        reverse("training-records", args=["courses"]),
        reverse("training-records-csv", args=["courses"]),
        reverse("training-report", args=["2025-26-Q1"]),
    ):
        assert b"Hidden" not in client.get(address).content, address
    assert send(client, course, recommendations=[]).status_code == 302
    course.refresh_from_db()
    assert course.recommendations == [key(asked[1])]


def test_a_recommendation_that_nobody_offers_is_refused(client, trainer, asked, course):
    client.force_login(trainer)
    assert send(client, course, recommendations=[key(asked[1])]).status_code == 422
    course.refresh_from_db()
    assert course.recommendations == []


@pytest.mark.once
def test_the_sample_shows_a_course_beside_the_recommendation_that_it_answers(client, manager):
    from performance.actions import sample as places
    from reviews import sample as of_reviews
    from training import sample as of_training

    places.load_places()
    of_reviews.load()
    of_training.load()
    of_training.link()
    course = Course.objects.get(title="Neglect and the Graded Care Profile (invented)")
    (kept,) = course.recommendations
    recommendation = Recommendation.objects.get(pk=kept.split(":")[1])
    client.force_login(manager)
    assert recommendation.text in client.get(course.get_absolute_url()).content.decode()
    review = client.get(recommendation.review.get_absolute_url()).content.decode()
    assert course.get_absolute_url() in review
    report = client.get("/training/report/2025-26-Q1/?area=demonstration").content.decode()
    assert recommendation.text in report
    course.recommendations = []
    save(by=manager, record=course)
    of_training.link()  # what people did to it since is left as it is
    course.refresh_from_db()
    assert course.recommendations == []
