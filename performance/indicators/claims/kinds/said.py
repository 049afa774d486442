"""Whether a number is said of what its sentence names, or counts some of it or something else."""

import re
from collections.abc import Sequence
from itertools import pairwise

from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.evidence import Line
from performance.indicators.claims.kinds.timing import gapped_when
from performance.indicators.claims.words.nearness import LINK, nearest
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, PLAIN, Number
from performance.indicators.claims.words.stems import words as stems
from performance.indicators.claims.words.subjects import Group, Subject
from performance.indicators.claims.words.topic import own_words
from performance.indicators.series import Value

VERB = re.compile(
    r"\b(?:was|were|is|are|at|to|of|reach(?:ed|es|ing)?|exceed(?:ed|s)?|topped|passed|surpassed|averag(?:e|es|ed)|"
    r"standing|hitting|total(?:s|led|ling)?|stood|came|had|has|with|on|as|only|recorded|being|"
    r"saw|hit|made|makes?|numbered|logged|received|counted|handled|took|reported|held|delivered|"
    r"of\s+which|behind|citing|filled|amounted|account(?:s|ed)?|represent(?:s|ed)?|featur(?:es|ed)|cited|present|identified)\b|"
    r"[:=(]|^\W*(?:for|at|with)?\W*$",
    re.I,
)
# What may follow a plain number that is said of what stands before it; another noun would make it a number of that.
AFTER = re.compile(
    r"^\W*(?:$|of\s+(?:the\s+)?\d|(?:an?|per|each) year\b|(?:in|for|at|during|by|and|or|"
    r"compared|this|last|on|which|from|over|across|to|"
    r"against|than|were|was|is|"
    r"are|per|while|but|overall|so|when|before|after|up|down|with|more|less|fewer|higher|lower|"
    r"the year before)\b|·|\d|$)",
    re.I,
)
# A number of an earlier period: 'compared with 3,130 the year before'.
EARLIER = re.compile(
    r"^\W*(?:(?:received|recorded|made|seen|reported|held)\s+)?(?:in\s+|during\s+)?(?:the\s+(?:year|quarter|month)\s+before|(?:the\s+)?(?:previous|prior|"
    r"preceding)\s+(?:year|quarter|month)|"
    r"a\s+(?:year|quarter|month)\s+(?:earlier|before|ago)|last\s+year)\b",
    re.I,
)
COMPARED = re.compile(
    r"\b(?:compare[sd]? (?:with|to)|against|than|up on|down on|versus|below|above)\s+(?:the\s+|just\s+)*$",
    re.I,
)
OF_BEFORE = re.compile(
    r"\b(?:compare[sd]? (?:with|to)|against|than|up from|down from|from)\s+"
    r"(?:(?:about|around|just|over|under|nearly|some)\s+)*$",
    re.I,
)
# 'referrals, at 916, overtook', 'of 3,215 crimes in 2024/25, 808 were recorded in the first quarter'.
APPOSED = re.compile(r",\s+(?:at|on|with)\s+$", re.I)
PART_OF = re.compile(r"^\s*(?:(?:in|during)\s+)?,\s*$", re.I)
CASES = re.compile(
    r"^\s+(?:arrangements?|cases?|instances?)\W*(?:$|on average\b|\b(?:at|in|during|by|on)\b)", re.I
)
# 'numbered 359, the lowest for five years': a verb right before the number, and nothing after it that it could count.
AT_ONCE = re.compile(
    r"\b(?:was|were|is|are|saw|had|recorded|received|averag(?:e|ed|es)|numbered|totall?ed|reached|stood at|"
    r"came to|amounted to)\s+"
    r"(?:just\s+|only\s+|over\s+|under\s+|about\s+|around\s+|nearly\s+|almost\s+)*$",
    re.I,
)
OF_EACH = re.compile(
    r"\s+(?:children|cases)\W*(?:$|each\b|per\b|on average\b|\b(?:at|in|during|by)\b)", re.I
)
JOINED = re.compile(r"\s*(?:and|or|&)\s*", re.I)
FOR_EVERY = re.compile(
    r"\b(?:for|in|among|of|out of)\s+every\s+(?:100|1,000|10,000|hundred|thousand|ten)\b", re.I
)
# 'the Q3 peak of 588 fell back'
OF_LEVEL = re.compile(
    r"\b(?:peak|high|low|total|figure|level|count)\s+of\s+(?:just\s+|only\s+)?$", re.I
)
IN_ALL = re.compile(r"\s+(?:in all|in total|altogether|together|combined)\b", re.I)
OF_THOSE_WHO = re.compile(
    r"\s+of\s+(?:those|the\s+(?:ones|children|young\s+people))\s+(?:we|whom?|that|with|under|in|at|from|on|not)\s+",
    re.I,
)
OF_THOSE = re.compile(r"\W*of\s+(?:those|these|them)\b", re.I)  # a share of a part
OF_OTHERS = re.compile(
    r"\s+(?:that|which|who|expected|planned|agreed|set|required|allowed|wanted|promised)\b", re.I
)
GAP_OF = re.compile(
    r"\b(?:gap|difference|margin|spread|distance)\b(?:\s+(?:to|from|between|with|of)\s+[^.;,\d]{1,40}?)?\s+(?:of|is|was)\s+"
    r"(?:(?:just|only|about|some|around|roughly|nearly|over)\s+)?(?:[a-z]+\s+(?:or|to)\s+)?$",
    re.I,
)
OF_WHOM = re.compile(
    r"\bof\s+(?:whom|which|these|those|them)\s+(?:there\s+(?:were|are|was|is)|we\s+(?:had|have))\s+(?:just\s+|only\s+|some\s+)?$",
    re.I,
)
WITHIN = re.compile(r"\b(?:within|inside)\s+(?:about\s+|just\s+|some\s+)?$", re.I)
SHORT_OF = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:short of|shy of|off|adrift of|away from|behind|ahead of|clear of|apart)\b",
    re.I,
)
IN_ONE = re.compile(
    r"[^.,;\d]{0,30}\bin\s+(?:a|one|any|a single|any one)\s+(?:month|quarter|week|day)\b", re.I
)
LIES_IN = re.compile(
    r"\s+of\s+the\s+[\d.,]+\s+·+ (?:(?:were|was|ran|fell|came|took place|happened|(?:were|was) [a-z]+ed) )?"
    r"(?:in|during) (?:the )?",
    re.I,
)
# '23 bookings a session, up from 19'
FOR_ONE = re.compile(
    r"\d\s+[a-z]+\s+(?:an?|per|each|for each|for every)\s+(?!year|quarter|month)[a-z]+", re.I
)
FROM_BEFORE = re.compile(
    r"\b(?:up|down) from\s+(?:(?:just|about|around|some|nearly|almost|over|under)\s+)*$", re.I
)
ALL_BUT = re.compile(r"\ball but\s+(?:about\s+)?$", re.I)
INSTEAD = re.compile(r"\b(?:instead of|rather than|as opposed to)\s+(?:the\s+)?$", re.I)
OF_THESE = re.compile(
    r"\bthese\s+(?:(?:two|three|four|five)\s+)?(?:sources|agencies|services|groups|reasons|ages|categories|partners)\b[^.;]*$",
    re.I,
)
THEN_ON = re.compile(r"\s*(?:in\s+)?the\s+(?:year|quarter|month)\s+after\s+that\b", re.I)
BEFORE_THAT = re.compile(r"\s*(?:in\s+)?(?:the\s+\w+\s+)?before\s+(?:that|it|them|then)\b", re.I)
# Two periods back, before its number: 'the year before 47.1%, and before that a third'
AND_BEFORE_THAT = re.compile(
    r"\bbefore\s+(?:that|then)\s*,?\s+(?:(?:it|there|we|they)\s+(?:was|were|had|saw)\s+)?"
    r"(?:(?:about|around|just|only|over|under|nearly|almost|some|roughly|more|less|than|well)\s+)*$",
    re.I,
)
OF_ANOTHER_FIGURE = re.compile(
    r"\s+(?:of\s+)?(?:the|that|its)\s+(?:number|share|proportion|rate|percentage|figure|level|total|time|sessions|lessons)\b",
    re.I,
)
# '825, of which the first and last quarters had 576'
OF_WHICH = re.compile(
    r"\bof\s+(?:which|whom)\s+(?:[a-z]+\s+){2,9}(?:had|were|was|made|took|saw|brought|came to)\s+$",
    re.I,
)
# 'missed at least half of their sessions', which the indicator counts; 'between four and five in every ten'
NO_SHARE_BEFORE = re.compile(
    r"\bmiss(?:ed|es|ing)?\s+(?:(?:at least|more than|over|up to)\s+)?$|\bbetween\s+\w+\s+and\s+$",
    re.I,
)
EXTRA = re.compile(r"\b(?:extra|additional|further|another)\s+$", re.I)
# 'for 11 children in care': some of them; 'moved' makes them some, too.
SOME = re.compile(
    r"(?<!accounted )(?<!accounts )(?<!accounting )\b(?:for|of|in|among|including|with|from)\s+(?:the\s+|these\s+)?$",
    re.I,
)
# What happened to some of them: '11 children in care were adopted'. To be counted happens to all.
BEFELL = re.compile(
    r"(?:,\s[^.;]{1,30},)?\s+(?:(?:were|was|are|had|have|been|being)\s+)*(?!(?:accepted|dealt|recorded|received|reported|made|logged|held|delivered|booked|"
    r"handled|registered|completed|open|opened|counted|seen|taken|sent|submitted|undertaken|carried|run|put)\b)"
    r"(?:[a-z]+ed|left|led|moved|went|became|began|took|found|born|met|kept|given|known)\b",
    re.I,
)
# A share of what failed: 'one in five was late, compared with one in six the year before'.
FAILED = re.compile(
    r"[^.;,]{0,40}(?:n[’']t\b|\b(?:late|overdue|missed|missing|not|outside|failed|out of time|delayed|beyond|never)\b)",
    re.I,
)
# 'one in five, 112, was not'
COUNT_ASIDE = re.compile(r"^\s*[,(]\s*\d[\d,]*(?:\s+of\s+\d[\d,]*)?\s*[,)]")
PART = 0.75  # so much of the whole at most is a part of it that something befell
MANY = 1000  # from here on a number beside an indicator's name is of it
FAR = 5  # so many times more or less than the data, and without a period, it is rather a number of something else
# Before a number: a part, how near or far something is, by how much more.
NO_LEVEL_BEFORE = (AND_BEFORE_THAT, INSTEAD, OF_WHOM, WITHIN, EXTRA, GAP_OF)
# After a number: 'ten per 10,000 short of England's 40.6', two periods back, a month that only the writer knows.
NO_LEVEL_AFTER = (SHORT_OF, BEFORE_THAT, IN_ONE, THEN_ON)
# when classrooms were shut, it was at 11.2%
AT_SOME_TIME = re.compile(
    r"[^.,;\d]{0,50}\s(?:when|while|back when|once)\s+[a-z]"
    r"|\s+(?:in|of|for|from)\s+·{4}(?!·)"  # a calendar year
    r"|\s+(?:in|during|of|from|before|after)\s+(?:the\s+)?(?:[a-z]+\s+){0,3}?(?:pandemic|lockdowns?|covid(?:-19)?)\b",
    re.I,
)
# 'one in six fill the form in': what some do with another thing
DO_A_THING = re.compile(
    r"\s+(?!(?:of|in|for|on|at|to|from|by|with|who|which|that|was|were|is|are|had|has|have|than|over|across|during)\b)"
    r"(?P<verb>[a-z]+)\s+(?:the|an?|their|our|his|her|its|this|that)\s+(?!(?:year|quarter|month|service|council)\b)(?P<thing>[a-z]+)",
    re.I,
)
DID = re.compile(
    r"\s+(?:had|have|did|do|said|say|felt|told|would|could|knew|thought|wanted|found|were|was)\b",
    re.I,
)
SEASON_OF = re.compile(r"\b(?:spring|summer|autumn|winter)\s+(?:of\s+)?(?:19|20)\d\d\b", re.I)
ONLY_ONE = re.compile(
    r"\b(?:only|single|any|every|no|none)\b[^.;,\d]{0,40}\b(?:above|below|over|under|exceed\w*|reach\w*)\s+(?:the\s+)?$",
    re.I,
)
OF_THEM_ALL = re.compile(r"\s+of\s+(?:them|these|those)\b", re.I)


def is_of_some_time(context: Context, number: Number) -> bool:
    """Whether a number is of a time that only the writer knows, or a bound: 'the only one above 550'."""
    text = context.sentence.masked
    if SEASON_OF.search(context.sentence.text):
        return True
    return bool(AT_SOME_TIME.match(text[number.end :]) or ONLY_ONE.search(text[: number.start]))


def is_of_doers(context: Context, number: Number) -> bool:
    """Whether a share is of those whom the sentence before counted ('half had not understood why'), or a fraction
    without the name of an indicator tells who does something with a thing that the text is not
    about: 'one in six fill the form in'."""
    rest = context.sentence.text[number.end :]
    if context.is_implied and "£" in context.sentence.text:
        return True  # who pays what
    if context.is_implied and OF_THEM_ALL.match(rest) and context.about not in context.carried:
        return bool(context.carried and context.about)  # of what the sentence before was about
    if context.is_of_others and number.kind in (PERCENT, FRACTION) and DID.match(rest):
        return context.is_implied
    found = DO_A_THING.match(rest)
    if not (context.is_implied and number.kind == FRACTION and found):
        return False
    own = own_words(each for one in context.subjects for each in one.ids)
    return not {stem for _, _, stem in stems(f"{found['verb']} {found['thing']}")} & own


# A change that is told again: 'down from 231 (-42, -18%)'
SIGNED = re.compile(r"[-−–+]")
IN_BRACKETS = re.compile(r"\([^)]*$")


def counts_otherwise(context: Context, number: Number) -> bool:
    """Whether a number is no level that the data could hold."""
    text = context.sentence.text
    before, after = text[: number.start], text[number.end :]
    unlike = NO_LEVEL_BEFORE if number.kind == PERCENT else (*NO_LEVEL_BEFORE, ALL_BUT)
    is_change = SIGNED.match(number.text) and IN_BRACKETS.search(before)
    if is_change or any(one.search(before) for one in unlike):
        return True
    if any(one.match(after) for one in NO_LEVEL_AFTER):
        return True
    if number.kind == FRACTION and NO_SHARE_BEFORE.search(before):
        return True
    if FOR_ONE.search(text) and FROM_BEFORE.search(before):
        return True  # of a ratio
    if number.kind == FRACTION and (OF_ANOTHER_FIGURE.match(after)):
        return True  # 'half the share of the year before'
    if OF_WHICH.search(before):
        return True
    if IN_ALL.match(after) and _is_sum(context, number):
        return True
    if COMPARED.search(before) and OF_OTHERS.match(after):
        return True  # 'below the 15.2 which the duty team has'
    if number.kind != PLAIN:
        return bool(OF_THOSE.match(text) or OF_THESE.search(before))
    # a zero is the foot of an axis more often than a claim, and `for every 10,000` makes a rate
    return not number.value or bool(FOR_EVERY.search(text)) or not is_said_of(context, number)


def is_of_rest(text: str, number: Number) -> bool:
    """Whether a share is told of what failed: in the words after it, or in those that it is compared with."""
    before = text[: number.start]
    return bool(
        ALL_BUT.search(before)
        or FAILED.match(COUNT_ASIDE.sub("", text[number.end :]))
        or (OF_BEFORE.search(before) and FAILED.search(re.sub(r"[.,;]", " ", before)))
    )


def _is_sum(context: Context, number: Number) -> bool:
    """Whether a number is that of two others of its sentence together: '3,215 crimes and 2,216 incidents, 5,431 in
    all'."""
    others = [one.value for one in context.sentence.numbers if one.start < number.start]
    return any(one + other == number.value for one, other in pairwise(others))


def is_of_something_else(
    context: Context, number: Number, tried: Sequence[tuple[Line, Value]]
) -> bool:
    """Whether a plain number is so far from the data that it rather counts some of them: `three children in care took
    part`, `for 12 referrals consent was missing`."""
    if number.kind != PLAIN:
        return False
    said = float(number.value)
    far = all(
        max(said, value.value or 0) > FAR * max(1.0, min(said, value.value or 0))
        for _, value in tried
    )
    before = context.sentence.text[: number.start]
    if far and number.text.isalpha() and not re.search(r"\b(?:only|just)\s+$", before, re.I):
        return any((value.value or 0) >= 30 for _, value in tried)
    ids = {one for subject in context.subjects for one in subject.ids}
    if context.is_implied and far and context.about not in ids:
        return True  # 'it was 36' of another thing in the sentence before
    befell = _befell_some(context, number)
    if befell and all(said < PART * (value.value or 0) for _, value in tried):
        return True
    is_some = SOME.search(before) or befell
    large = any((value.value or 0) >= 30 for _, value in tried)
    is_loose = not context.sentence.periods and said < MANY
    return far and large and (is_loose or bool(is_some))


def _befell_some(context: Context, number: Number) -> bool:
    text = context.sentence.text
    following = (one for one in context.subjects if one.start >= number.end)
    subject = next(following, None)
    return (
        subject is not None
        and bool(LINK.match(text[number.end : subject.start]))
        and bool(BEFELL.match(text[subject.end :]))
    )


def is_said_of(context: Context, number: Number) -> bool:
    """Whether a plain number counts what a subject names: `439 delegates`, `referrals were 3,137 in 2024/25`."""
    text = context.sentence.masked
    places: list[Subject | Group] = [*context.subjects, *context.groups]
    following = [one for one in context.subjects if one.start >= number.end]
    lies_in = LIES_IN.match(text[number.end :])
    if lies_in and any(
        one.start == number.end + lies_in.end() and one.is_part_of_year
        for one in context.sentence.whens
    ):
        return True  # 'fourteen of the 51 sessions ran in the third quarter'
    if gapped_when(context, number) and any(one.end <= number.start for one in context.subjects):
        return True
    if len(following) > 1 and JOINED.fullmatch(text[following[0].end : following[1].start]):
        return False  # the sum of two: '5,431 crimes and incidents'
    if any(LINK.match(text[number.end : one.start]) for one in following):
        return True
    after = text[number.end :]
    is_apposed = APPOSED.search(text[: number.start]) and re.match(r"\s*,", after)
    is_apposed = is_apposed or (
        AT_ONCE.search(text[: number.start]) and re.match(r"\s*[,;)]", after)
    )
    is_whole = is_apposed or any(one.match(after) for one in (AFTER, EARLIER, CASES))
    is_whole = is_whole or is_of_each(context, number)
    is_whole = is_whole or bool(OF_LEVEL.search(text[: number.start]))
    if not is_whole:
        return False
    if COMPARED.search(text[: number.start]):
        return bool(context.subjects)
    before = [one for one in places if one.end <= number.start]
    if not before:
        return False
    between = text[max(one.end for one in before) : number.start]
    if PART_OF.match(between) and re.match(r"\s+(?:was|were)\b", after):
        return True
    return len(between) < 90 and bool(VERB.search(between)) and not re.search(r"\bby\s*$", between)


def is_of_each(context: Context, number: Number) -> bool:
    """Whether a number of children or cases is the rate itself: `caseloads average 13.5 children`."""
    text = context.sentence.masked
    is_at_once = AT_ONCE.search(text[: number.start]) or re.search(r"·\s+$", text[: number.start])
    if not is_at_once or not OF_EACH.match(text[number.end :]):
        return False
    lines = context.lines(number.start, number.end)
    return any(one.spec.unit not in ("count", "percent") for one in lines)


def _is_of_those_unknown(context: Context, number: Number) -> bool:
    """Whether a share is one of those who are told by what they do, and no category has that name: '16.2% of those
    whom we visit'."""
    those = OF_THOSE_WHO.match(context.sentence.text, number.end)
    named: list[Subject | Group] = [*context.groups, *context.subjects]
    return those is not None and not any(number.end <= one.start <= those.end() for one in named)


def is_near(context: Context, number: Number) -> bool:
    """Whether a percentage or rate is said of a subject or a category near it."""
    if _is_of_those_unknown(context, number):
        return False
    if context.is_implied and context.lines(number.start, number.end):
        return True
    things: list[Subject | Group] = [*context.subjects, *context.groups]
    things.sort(key=lambda one: one.start)
    text = context.sentence.text
    of = re.match(
        r"\s*(?:for|of|in|from|among)\s+(?!all\b|each\b|every\b|both\b|"
        r"the (?:whole )?(?:year|quarter|month|period)\b)(?:the\s+)?(?=[a-z])",
        text[number.end :],
        re.I,
    )
    if of and not any(
        0 <= one.start - number.end - of.end() < 12
        for one in (*things, *context.sentence.whens, *context.mentions)
    ):
        return False  # it is said of something that no indicator names
    chosen = nearest(things, number.start, number.end, context.sentence.text)
    if chosen is None:
        return False
    low, high = (
        sorted((chosen.end, number.start))
        if chosen.end <= number.start
        else (number.end, chosen.start)
    )
    return high - low < 120
