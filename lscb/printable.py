"""Texts that every kind of file can hold: people paste from programs that leave control characters behind."""

import re

# What XML 1.0 leaves out, and with it Word and Excel: control characters but tab and line ends, and halves of pairs.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text with a space for each character that Word and Excel files cannot hold."""
    return UNPRINTABLE.sub(" ", text)
