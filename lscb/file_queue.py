"""The queue of the embedded default: one file a message, in folders that web and worker share.

Kombu's own transport of files writes a message in the folder where workers look for them, so that a worker can take one
that is half written, fails over it and has lost it; and a message leaves the disk when it is taken, so that a killed
worker takes it along. Here a message is written aside and appears whole under its name; a worker that takes one moves
it to `taken` and deletes it once the task is done; what a killed worker had taken is put back when the next one
starts. A message can therefore come twice, never not at all: tasks allow for that (decision 36).
"""

import contextlib
import fcntl
import logging
import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem, virtual
from kombu.utils.json import dumps, loads

logger = logging.getLogger("lscb.file_queue")


class Kept(virtual.QoS):
    """The messages that were taken and not yet answered for; each has its file until it is."""

    def ack(self, delivery_tag: str) -> None:
        """The task is done: its message goes."""
        super().ack(delivery_tag)
        self.channel.let_go(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        """The task is not to be done here; where asked, a copy stands in the queue before its message goes."""
        super().reject(delivery_tag, requeue)
        self.channel.let_go(delivery_tag)


class Channel(filesystem.Channel):
    """Kombu's channel of files, where messages appear whole and stay until they are answered for."""

    QoS = Kept

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.messages = Path(self.data_folder_in)
        self.taken = taken_folder(self.messages)
        self._files: dict[str, Path] = {}
        self._unanswered: set[str] = set()

    def basic_consume(self, queue: str, no_ack: bool, *args: Any, **kwargs: Any) -> None:
        """Consume from a queue; where nobody will answer for its messages, none is kept."""
        if no_ack:
            self._unanswered.add(queue)
        super().basic_consume(queue, no_ack, *args, **kwargs)

    # Named as in the class below ours, which names it otherwise than the class below that.
    def _put(self, queue: str, payload: dict[str, Any], **_kwargs: Any) -> None:  # type: ignore[override]
        name = f"{time.time_ns()}_{uuid.uuid4()}.{queue}.msg"
        write_whole(self.messages / name, dumps(payload))

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:  # noqa: ARG002
        for name in sorted(os.listdir(self.messages)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            file = self.taken / name
            try:
                (self.messages / name).rename(file)
            except FileNotFoundError:  # another worker was quicker
                continue
            try:
                payload: dict[str, Any] = loads(file.read_text(encoding="utf-8"))
            except ValueError:
                logger.error("The queue’s file %s cannot be read: it is set aside.", name)
                file.rename(file.with_suffix(".unreadable"))
                continue
            if queue in self._unanswered:
                file.unlink()
            else:
                self._files[payload["properties"]["delivery_tag"]] = file
            return payload
        raise Empty

    def _restore(self, message: virtual.Message) -> None:
        super()._restore(message)
        self.let_go(message.delivery_tag)

    def let_go(self, delivery_tag: str) -> None:
        """Delete the file of a message that was answered for."""
        file = self._files.pop(delivery_tag, None)
        if file:
            file.unlink(missing_ok=True)

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        file = self._exchange_file(exchange)
        binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with alone(file.with_suffix(".lock")):
            bindings = self.get_table(exchange)
            if binding not in bindings:
                write_whole(file, dumps([binding, *bindings]))


class Transport(filesystem.Transport):
    """The transport that CELERY_BROKER_TRANSPORT names where no REDIS_URL is set."""

    Channel = Channel
    global_state = virtual.BrokerState()


def write_whole(file: Path, text: str) -> None:
    """Write a file that nobody sees before all of it is on the disk. Raises ChannelError when it cannot be written."""
    aside = file.with_name(f".{uuid.uuid4()}.aside")
    try:
        with aside.open("w", encoding="utf-8") as output:
            output.write(text)
            output.flush()
            os.fsync(output.fileno())
        aside.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise ChannelError(f"The queue’s file {file.name} cannot be written: {error}") from error


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Within the block no other process is in the same block."""
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def taken_folder(messages: Path) -> Path:
    """Return the folder beside the messages where those are that a worker has taken, and make it."""
    taken = messages.with_name("taken")
    taken.mkdir(parents=True, exist_ok=True)
    return taken


def put_back(messages: Path) -> int:
    """Put back what a worker that was killed had taken; return how many messages. For the start of the one worker."""
    found = [file for file in taken_folder(messages).iterdir() if file.suffix == ".msg"]
    for file in found:
        file.rename(messages / file.name)
    if found:
        logger.warning("%d messages of a worker that was ended are in the queue again.", len(found))
    return len(found)
