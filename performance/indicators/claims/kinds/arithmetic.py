"""What a sentence's own numbers make, whatever the data say: a difference, a sum, what is left. Each reader tells the
number that is told, those it rests on, what it should be, and that in words."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.words.numerals import Number

Told = tuple[Number, Sequence[Number], Decimal, str]
Reader = Callable[[Context, list[Number]], Iterator[Told]]


def check(context: Context, readers: Sequence[Reader]) -> None:
    """Every number of a sentence that its other numbers contradict; what is told is then accounted for."""
    numbers = [
        one
        for one in context.sentence.numbers
        if not context.passes_over(one.start) and one.value > 0
    ]
    for read in readers:
        for told, of, right, in_words in read(context, numbers):
            start = min(one.start for one in (*of, told))
            end = max(one.end for one in (*of, told))
            context.used.add(told)
            if close(told, right):
                continue
            context.add(
                "sum", context.sentence.text[start:end], in_words, "The numbers in the sentence give another.",
                at=(start, end),
            )  # fmt: skip
