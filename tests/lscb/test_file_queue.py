"""The queue of files: a message appears whole, is kept until its task is done, and one bad file stops nothing."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from django.conf import settings
from kombu import Connection
from kombu.exceptions import ChannelError

from lscb.file_queue import Transport, put_back

QUEUE = "celery"


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    (tmp_path / "messages").mkdir()
    (tmp_path / "control").mkdir()
    Transport.global_state.clear()  # which queues this process has already made known, in other folders
    return tmp_path / "messages"


def connect(messages: Path) -> Connection:
    """As the product connects, but to folders of the test's own."""
    options = {
        "data_folder_in": str(messages),
        "data_folder_out": str(messages),
        "control_folder": str(messages.with_name("control")),
    }
    return Connection(
        "filesystem://",
        transport=settings.CELERY_BROKER_TRANSPORT or "lscb.file_queue:Transport",
        transport_options=options,
    )


@pytest.fixture
def queue(messages: Path) -> Iterator[Any]:
    with connect(messages) as connection, connection.SimpleQueue(QUEUE) as queue:
        yield queue


def waiting(messages: Path) -> int:
    return len(list(messages.glob(f"*.{QUEUE}.msg")))


class Looking:
    """A part of a message that looks into the queue while the message is being written."""

    def __init__(self, messages: Path) -> None:
        self.messages = messages
        self.seen: list[str] = []

    def __json__(self) -> str:
        self.seen += [file.name for file in self.messages.iterdir() if file.suffix == ".msg"]
        return "looked"


def test_a_worker_never_sees_a_message_that_is_still_being_written(
    messages: Path, queue: Any
) -> None:
    part = Looking(messages)
    message = queue.channel.prepare_message("hello", properties={})
    queue.channel._put(QUEUE, message | {"part": part})
    assert part.seen == []
    assert waiting(messages) == 1


def publish(messages: Path, count: int) -> None:
    with connect(messages) as connection, connection.SimpleQueue(QUEUE) as queue:
        for number in range(count):
            queue.put(number)


def test_while_others_write_every_message_arrives_once(messages: Path, queue: Any) -> None:
    # Children of their own, because a fork of a test process would take along its connections.
    processes = multiprocessing.get_context("spawn")
    writers = [processes.Process(target=publish, args=(messages, 150)) for _ in range(2)]
    for writer in writers:
        writer.start()
    arrived = []
    for _ in range(300):
        message = queue.get(timeout=60)
        arrived.append(message.payload)
        message.ack()
    for writer in writers:
        writer.join()
    assert sorted(arrived) == sorted([*range(150), *range(150)])
    assert [*messages.iterdir(), *messages.with_name("taken").iterdir()] == []


def test_a_file_that_cannot_be_read_is_set_aside_and_the_next_message_comes(
    messages: Path, queue: Any, caplog: pytest.LogCaptureFixture
) -> None:
    (messages / f"0_cut-short.{QUEUE}.msg").write_text("")
    queue.put("the next")
    assert queue.get(timeout=1).payload == "the next"
    assert "0_cut-short.celery.msg cannot be read" in caplog.text
    assert (messages.with_name("taken") / f"0_cut-short.{QUEUE}.unreadable").is_file()
    assert put_back(messages) == 1  # the message in hand, and not the file that was set aside


def test_what_a_killed_worker_had_taken_comes_again(messages: Path) -> None:
    with connect(messages) as connection, connection.SimpleQueue(QUEUE) as queue:
        queue.put("done")
        queue.put("in hand")
        queue.get(timeout=1).ack()
        queue.get(timeout=1)
        queue.channel.do_restore = False  # a kill leaves no time to hand anything back
    assert waiting(messages) == 0
    assert put_back(messages) == 1
    with connect(messages) as connection, connection.SimpleQueue(QUEUE) as queue:
        assert queue.get(timeout=1).payload == "in hand"


def test_a_worker_that_ends_in_order_hands_back_what_it_had_taken(messages: Path) -> None:
    with connect(messages) as connection, connection.SimpleQueue(QUEUE) as queue:
        queue.put("in hand")
        queue.get(timeout=1)
    assert waiting(messages) == 1
    assert put_back(messages) == 0


def test_a_message_that_is_refused_for_now_is_in_the_queue_once(messages: Path, queue: Any) -> None:
    queue.put("not yet")
    queue.get(timeout=1).requeue()
    assert waiting(messages) == 1
    queue.get(timeout=1).reject()
    assert waiting(messages) == 0
    assert put_back(messages) == 0


def test_a_message_that_nobody_will_answer_for_leaves_nothing_behind(messages: Path) -> None:
    with connect(messages) as connection, connection.SimpleQueue(QUEUE, no_ack=True) as queue:
        queue.put("heard")
        assert queue.get(timeout=1).payload == "heard"
        with pytest.raises(Empty):
            queue.get(block=False)
    assert put_back(messages) == 0


def test_a_folder_that_cannot_be_written_to_says_so(messages: Path, queue: Any) -> None:
    queue.put("known")
    messages.rename(messages.with_name("gone"))
    with pytest.raises(ChannelError, match="cannot be written"):
        queue.put("nowhere")
