"""Which categories a rank is given to: `schools were the largest source`, `highest among children in need`, and that of
the sentence before in `School referrals: 916. By far the largest source.`"""

import re
from dataclasses import replace

from performance.indicators.claims.context import Context
from performance.indicators.claims.kinds import groups
from performance.indicators.claims.words.nearness import WHY
from performance.indicators.claims.words.scope import own_part
from performance.indicators.claims.words.subjects import Group

# 'after schools, the police were the next largest source'
BEHIND = re.compile(
    r"\b(?:after|behind|following|besides|apart from|except for|ahead of|above|followed by|rather than|not)\s+"
    r"(?:the\s+)?$",
    re.I,
)
GIVEN_TO = re.compile(r"\s+(?:among|amongst|for|in|with)\s+(?:the\s+|those\s+|our\s+)?", re.I)
# A category that is called by its kind only: 'share of all referrals 35%, clearly the largest source'.
OF_A_KIND = re.compile(
    r"\W*(?:[\w-]+\s+){0,2}?(?:source|reason|category|group|agency|referrer|factor|contributor|issue)\b",
    re.I,
)
TO_BE = re.compile(r"\s+to\s+(?:be|have|become|go|miss)\s+", re.I)


def given(context: Context, found: re.Match[str]) -> list[Group]:
    """The categories that a rank is given to, none where it is given to none that is named."""
    named, start = _ranked_groups(context, found), found.start()
    return (
        _right_after(context, named, found)
        or _said_before(context, named, own_part(context.sentence.masked, start)[0], start)
        or _said_before(context, named, 0, start)
        or named
        or _in_sentence_before(context, found)
    )


def are_right_after(context: Context, found: re.Match[str]) -> bool:
    """Whether categories stand right after a rank: 'highest for children in need'."""
    return bool(_right_after(context, _ranked_groups(context, found), found))


def is_of_one_unnamed(context: Context, found: re.Match[str]) -> bool:
    """Whether a rank is one among sources, reasons or the like, and none of them is named: 'clearly the largest
    source'."""
    return not context.groups and bool(OF_A_KIND.match(context.sentence.masked[found.end() :]))


def _ranked_groups(context: Context, found: re.Match[str]) -> list[Group]:
    """The categories that a rank may be given to: by which something that is named is kept, and not only told as its
    reason ('the quietest month, when schools were shut')."""
    text = context.sentence.text
    why = WHY.search(text, found.end())
    last = why.start() if why else len(text)
    return [
        one
        for one in context.groups
        if one.start < last
        and not (BEHIND.search(text[: one.start]) or context.passes_over(one.start))
        and groups.share_lines(context, [one])
    ]


def _said_before(context: Context, named: list[Group], first: int, last: int) -> list[Group]:
    """The categories named last in a stretch before a rank, together: not those by the way, as in 'with schools shut,
    the police made the most'."""
    inside = [one for one in named if first <= one.start < last]
    return [one for one in context.joined(inside[-1]) if one in named] if inside else []


def _in_sentence_before(context: Context, found: re.Match[str]) -> list[Group]:
    """The one category of the sentence before, where a rank is given to a source or group that is not named again:
    'Schools: 11.2%. By some way the largest source.'"""
    if context.groups or not OF_A_KIND.match(context.sentence.masked[found.end() :]):
        return []
    if len({(one.start, one.end) for one in context.groups_before}) != 1:
        return []
    told = [replace(one, start=0, end=0) for one in context.groups_before]
    return told if groups.share_lines(context, told) else []


def is_likely_to_be_counted(context: Context, found: re.Match[str]) -> bool:
    """Whether what some are 'most likely' to be is what an indicator counts: 'the group most likely to be absent'."""
    is_told = any(
        TO_BE.fullmatch(context.sentence.text[found.end() : max(found.end(), one.start)])
        for one in context.subjects
    )
    return is_told and bool(given(context, found))


def _right_after(context: Context, named: list[Group], found: re.Match[str]) -> list[Group]:
    """The categories that a rank is given to in the words after it: 'highest among children in need at 43.9%, with
    those on a plan at 40.7%'."""
    text = context.sentence.text
    first = next(
        (
            one
            for one in named
            if one.start >= found.end() and GIVEN_TO.fullmatch(text[found.end() : one.start])
        ),
        None,
    )
    return context.joined(first) if first else []
