"""Claims about direction without a size: doubled, has increased, remained stable."""

import re

from performance.indicators.claims.context import ABOUT_REFERRALS, Context
from performance.indicators.claims.figures.evidence import (
    Line,
    change_words,
    difference,
    pairs,
    relative,
)
from performance.indicators.claims.kinds.compared import compared, on_last_year
from performance.indicators.claims.words.nearness import has_place
from performance.indicators.claims.words.scope import clause
from performance.indicators.claims.words.stems import words as stems
from performance.indicators.claims.words.topic import own_words
from performance.indicators.claims.words.wording import (
    AFTER_YEARS,
    REFUSED,
    WAY,
    is_of_earlier,
    sign_of,
)
from performance.indicators.series import Value

_MOVED = r"(?:crept|edged|inched|nudged|ticked|moved|drifted|shifted|headed|came|come|coming)\s+(?:back\s+)?"
VERBS = re.compile(
    r"(?:^\W*|[;:]\s+)(?P<up0>up|higher)\b(?=\s+(?:on|from|again|slightly|since|year)\b)"
    r"|(?:^\W*|[;:]\s+)(?P<down0>down|lower)\b(?=\s+(?:on|from|again|slightly|since|year)\b)"
    r"|\b(?P<up>(?<!an )(?<!the )(?<!of )(?<!for )(?<!to )(?<!with )increased|(?:not|n[’']t) (?:increase|rise|"
    r"grow)|rose|risen|grew|grown|gone up|went up|climbed|"
    rf"{_MOVED}(?:up|upwards?|higher)|"
    r"(?:is|are|was|were|been|be)\s+(?:\w+ly\s+)?(?:up|rising|"
    r"increasing|growing)|(?:is|are|was|were)\s+(?:\w+ly\s+)?(?:higher|more numerous)|continu\w+\s+to\s+(?:rise|"
    r"increase|grow|climb)|(?:carr(?:y|ies|ied)|keeps?|kept)\s+on\s+(?:rising|increasing|growing|climbing)|"
    r"on the (?:rise|increase))\b"
    r"|\b(?P<down>(?<!a )(?<!the )(?<!of )(?<!for )decreased|(?:not|n[’']t) (?:decrease|fall|drop|reduce|"
    r"decline)|(?<!a )(?<!the )(?<!of )(?<!for )reduced|(?:fell|fallen)"
    r"(?!\s+(?:through|ill|short|behind|due|foul|apart|asleep|silent|victim|pregnant|to\s+the)\b)|"
    r"dropped(?!\s+(?:out|off)\b)|"
    rf"declined{REFUSED}|"
    r"gone down|went down|shrank|shrunk|"
    rf"(?:dipped|eased|slipped|slid|sank)(?!\s+(?:back\s+)?to\s)|{_MOVED}(?:down|downwards?|lower)|"
    r"(?:is|are|was|were|been|be)\s+(?:\w+ly\s+)?(?:down|falling|decreasing|declining|reducing|sliding|slipping|dwindling)|(?:is|are|was|"
    r"were)\s+(?:\w+ly\s+)?"
    r"(?:lower|fewer)|continu\w+\s+to\s+(?:fall|decrease|drop|decline|reduce|go down)|on the (?:decline|decrease))\b"
    r"|\b(?P<better>(?<!not )an\s+(?:[a-z]+\s+)?improvement\s+(?=on\s)|"
    r"improved|got better|become better|(?:is|are|was|were|been)\s+(?:improving|better)|"
    r"continu\w+\s+to\s+improve|(?:carr(?:y|ies|ied)|keeps?|kept)\s+on\s+improving)\b"
    r"|\b(?P<worse>worsened|deteriorated|got worse|(?:is|are|was|were|been)\s+(?:worsening|worse|deteriorating)|"
    r"continu\w+\s+to\s+(?:worsen|deteriorate))\b"
    r"|\b(?:an?|the|this|further)\s+(?:[a-z-]+\s+){0,2}(?:(?P<up2>increase|rise|growth)|(?P<down2>decrease|"
    r"reduction|drop|decline|"
    r"fall))\s+in\b"
    r"|(?<!from )(?<!of )(?<!with )(?<!on )(?<!for )\b(?:an?|the)\s+(?:\w+ly\s+)?"
    r"(?:(?P<up4>growing|rising|increasing|larger|bigger|greater|higher)|"
    r"(?P<down4>shrinking|falling|declining|decreasing|smaller|diminishing|lower))\s+(?=(?:share|proportion|percentage|"
    r"number|part|slice)\b|·)"
    r"|\b(?:(?P<up3>more(?!\s+so\b))|(?P<down3>fewer|less))\s+"
    r"(?=[·\w’'\s(),-]{3,80}?\bthan\b|than\s+(?:in|at|during|for)\b)"
    r"|(?<=,\s)(?:(?P<up5>more|higher)|(?P<down5>fewer|less|lower))\s+than\s+"
    r"(?=(?:a|one)\s+year\s+(?:ago|earlier|before)\b|the\s+year\s+before\b)",
    re.I,
)
STEADY = re.compile(
    r"\b(?P<exact>unchanged|no\s+change|not\s+chang(?:ed?|ing)|(?:stayed|remain(?:s|"
    r"ed)?)\s+(?:exactly\s+)?the same|identical)\b"
    r"|\b(?P<loose>(?:remain(?:s|ed)?|stay(?:s|ed)?|(?:is|are|was|were|been|held))\s+(?:(?:\w+ly|broadly|fairly|"
    r"quite|very)\s+)?(?:stable|"
    r"consistent|steady|constant|flat|level|static)|little\s+change|plateaued|levelled\s+off|(?:broadly|largely|"
    r"much|about|is|are|was|were|stayed)\s+the\s+same(?:\s+now)?(?=\s+as\b)|(?:broadly|largely|much|about)\s+the\s+same|"
    r"(?:back|returned)\s+(?:to|at)\s+(?:the|its|their)\s+(?:same\s+)?(?:levels?|numbers?|figures?|rate)\s+"
    r"(?=(?:of|in|it|they|we|that|for|seen)\b)|"
    r"(?P<back>(?:back|returned)\s+(?:up\s+|down\s+)?(?:to|at)\s+"
    r"(?:(?:where|what)\s+(?:it|they|we|this)\s+(?:stood|was|were|had|had been)\b|"
    r"(?:the|its|their|our)\s{3,}(?:levels?|numbers?|figures?|rates?|position)\b))|"
    r"similar\s+to\s+(?:last|the\s+previous)|(?:hardly|barely|scarcely)\s+changed)\b",
    re.I,
)
# 'two in five bookings fell in Q4': where they lie, and not where they went
FELL_IN = re.compile(r"\s+(?:in|on|within|outside|between|under|into)\b", re.I)
LIES_IN = re.compile(r"fell\s+(?:in|on|within|outside|between)\b", re.I)
# 'two of the three fell in May'
OF_THE = re.compile(r"\bof\s+(?:the|these|those|them)\b[^.;,]{0,20}$", re.I)
SEASON = re.compile(
    r"\b(?:in|during|over|since)\s+(?:the\s+)?(?:spring|summer|autumn|winter)\b", re.I
)
# 'two sessions were down to illness': owed to it, and no way that anything went
OWED = re.compile(
    r"(?:were|was|is|are|been|be)\s+(?:\w+ly\s+)?up\s+(?:and\s+(?:running|about)|to\s+(?:speed|date|scratch|standard|strength))\b|"
    r"(?:were|was|is|are|been|be)\s+(?:\w+ly\s+)?down\s+to\s+(?!\W*\d)(?!(?:just|only|about|under|around|nearly|almost)\b)",
    re.I,
)
# What never was: 'at no point has it fallen below 89%'
AT_NO_TIME = re.compile(r"\bat\s+no\s+(?:point|time|stage)\b[^.;,]{0,40}$", re.I)
# What makes 'did not drop' a bound: 'under 85% in any quarter'
BELOW_A_NUMBER = re.compile(
    r"\s+(?:below|under|beneath|above|over|beyond|past)\s+(?:the\s+)?(?=\d|[a-z]+(?:-[a-z]+)?\s+per\s?cent)",
    re.I,
)
# 'was fewer than 24', which is a level
THAN_A_NUMBER = re.compile(r"\s+than\s+\d|[^.;,]{0,30}\bthan\s+(?:in\s+|at\s+)?any\b")
NEVER = re.compile(r"\b(?:not|never|nor|n[’']t)\b[^.;,]{0,20}$|^n[o’']t\b", re.I)
# Whose 'declined' is a refusal: 'the young person had declined'
BY_PEOPLE = re.compile(
    r"(?<!number of )(?<!share of )(?<!numbers of )\b(?:young\s+(?:person|people)|child|parents?|famil(?:y|ies)|"
    r"mothers?|fathers?|carers?)\s+(?:had\s+|have\s+|has\s+)?$",
    re.I,
)
# 'after it had fallen the year before': of an earlier time
HAD = re.compile(r"\bhad\s+(?:[a-z]+\s+)?$", re.I)
AFTER = re.compile(r"\b(?:after|following|despite)\s+$", re.I)
IN_YEARS_OVER = re.compile(AFTER_YEARS.pattern + r"[^.;,]*$", re.I)
HAVING = re.compile(r"\bhaving\s+(?:[a-z]+\s+){0,3}$", re.I)
HAD_IN_YEAR = re.compile(r"\byear in which\b[^.;,]{0,40}\bhad\s+(?:[a-z]+\s+)?$", re.I)
BEFORE_THAT = re.compile(
    r"[^.;,]{0,30}\b(?:(?:the|a)\s+(?:year|quarter|month)\s+(?:before|previous(?:ly)?|earlier)|(?:in\s+)?the\s+previous\s+"
    r"(?:year|quarter|month)|before\s+that)\b",
    re.I,
)
# 'apart from one small dip it has grown every year'
EXCEPT = re.compile(
    r"\b(?:apart from|except (?:for|in)|with the exception of|other than|save for|"
    r"bar(?=\s+(?:one|the|a|in))|but\s+(?:for\s+)?(?:one|two))\b",
    re.I,
)
# 'dropped back to where it stood in 2015/16': the way is from the year before, and not from then
BACK_TO = re.compile(r"\s+(?:right\s+|all\s+the\s+way\s+|almost\s+|nearly\s+)?back\s+to\b", re.I)
THEN_ON = re.compile(r"\b(?:since|from)\s+then\b[^;.]*$|[;,]\s*since\s+when\b[^;.]*$", re.I)
SINCE_THEN = re.compile(
    r"\s+(?:[a-z]+\s+){0,3}?(?:ever\s+)?since(?:\s+then)?(?:\s*\([\d.,]+%?\))?\W*$", re.I
)
LISTED = re.compile(r"\s*[-–:(]\s*[\d.,]+%?\s*[,;]\s*\d")
FROM_SOME = re.compile(
    r"(?:share|proportion|number|part|slice)\s+(?:came\s+|comes\s+|was\s+)?from\b", re.I
)
IN_WHAT = re.compile(r"\s+(?:the\s+|our\s+)?([a-z]+)", re.I)
OF_COUNTS = re.compile(r"\bnumbers?\s+of\b[^.;,]*$", re.I)  # which is no percentage
NOUN = re.compile(r"\s+(?!children\b|cases\b)([a-z]+(?:s|ies))\b", re.I)
NEAR = 20  # characters after 'than' in which a period stands
LITTLE = 2  # a change under so many percent may be called none


def check(context: Context) -> None:
    """Every claim of this kind in a sentence."""
    _direction(context)


def _direction(context: Context) -> None:
    """`has increased`, `a reduction in`, `remained stable`, where no number says by how much."""
    text = context.sentence.masked
    if EXCEPT.search(context.sentence.text):
        return
    if not context.subjects and not ABOUT_REFERRALS.search(context.sentence.text):
        return
    ways = list(WAY.finditer(text))
    both = len({sign_of(one) for one in ways}) > 1
    if any(one.kind in ("jump", "trend") for one in context.found):
        return
    for found in VERBS.finditer(text):
        if context.passes_over(found.start()):
            continue
        if _is_accounted_for(context, found, both=both):
            continue
        if any(a < found.end() and found.start() < b for a, b in context.compared):
            continue
        if _is_no_way(context.sentence.text, found) or _is_of_earlier(text, found):
            continue
        if _is_a_share_of_counts(context, found) or _counts_another(context, found):
            continue
        denied = context.is_negated(found.start()) or bool(re.match(r"n[o’']t\b", found[0], re.I))
        _check_direction(context, found, _word(found), denied=denied)
    _steady(context)


def _is_no_way(text: str, found: re.Match[str]) -> bool:
    """Whether a word says what something was owed to, when some of it happened, what people did or what never was."""
    before = text[: found.start()]
    lies = LIES_IN.match(text, found.start()) and OF_THE.search(before)
    refused = found[0].lower() == "declined" and BY_PEOPLE.search(before)
    is_bounded = BELOW_A_NUMBER.match(text, found.end()) and (
        NEVER.search(before) or NEVER.match(found[0])
    )
    is_owed = OWED.match(text, found.start())
    is_level = THAN_A_NUMBER.match(text, found.end())
    return bool(
        lies
        or refused
        or is_bounded
        or is_level
        or is_owed
        or AT_NO_TIME.search(before)
        or IN_YEARS_OVER.search(before)
    )


def _is_of_earlier(text: str, found: re.Match[str]) -> bool:
    """Whether a way is said of a time before the one spoken of: 'after it had fallen the year before'."""
    if AFTER.search(text[: found.start()]) and re.match(r"\s{3,}", text[found.end() :]):
        return True  # 'after the fall in 2021/22', where the period was blanked
    had = HAD.search(text[: found.start()]) and BEFORE_THAT.match(text[found.end() :])
    return bool(had or HAD_IN_YEAR.search(text[: found.start()]))


def _is_a_share_of_counts(context: Context, found: re.Match[str]) -> bool:
    """Whether a share is told where only numbers are named: 'registrations fell, but a larger share was completed'."""
    if FROM_SOME.match(context.sentence.text[found.end() :]):
        return True  # 'and a slightly smaller share from the police'
    if not re.match(
        r"(?:share|proportion|percentage)\b", context.sentence.text[found.end() :], re.I
    ):
        return False
    lines = context.lines(found.start(), found.end())
    return all(line.spec.unit == "count" and not line.label for line in lines)


def _counts_another(context: Context, found: re.Match[str]) -> bool:
    """Whether more or fewer of another thing are told: '90 children is fewer families'."""
    if not found[0].lower().endswith(("more", "fewer")):
        return False
    noun = NOUN.match(context.sentence.text, found.end())
    named = [each for one in context.subjects for each in one.ids]
    own = own_words([*named, *([context.about] if context.about else [])])
    return noun is not None and bool(own) and not {stem for _, _, stem in stems(noun[1])} & own


def _word(found: re.Match[str]) -> str:
    """`up` or `down` for words that `sign_of` does not know."""
    names = found.groupdict()
    for way in ("up", "down"):
        if any(names[f"{way}{place}"] for place in (0, 3, 4, 5)):
            return way
    return ""


def _steady(context: Context) -> None:
    """`unchanged`, `remained stable`, `back to the level of 2021/22`."""
    text = context.sentence.masked
    for found in STEADY.finditer(text):
        if not context.passes_over(found.start()) and not re.search(
            r"\bsignificant", text[max(0, found.start() - 30) : found.end() + 30], re.I
        ):
            if found["exact"] or not context.is_negated(found.start()):
                _check_steady(context, found)


def _is_accounted_for(context: Context, found: re.Match[str], *, both: bool) -> bool:
    """Whether a word's number was checked already, or which of two ways is said of what cannot be told."""
    text = context.sentence.masked
    first, last = clause(text, found.start())
    if found[0].lower() == "fell" and FELL_IN.match(text[found.end() :]):
        if any(first <= one.start < found.start() for one in context.sentence.numbers):
            return True
    if LISTED.match(text[found.end() :]):
        return True  # 'eased: 18.7, 16.5, 14.8'
    inside = [one for one in context.used if first <= one.start < last]
    if (found["up3"] or found["down3"]) and not _is_than_before(context, found):
        return True
    if found["up3"] or found["down3"]:  # 'more in 2023/24 (55) than in 2022/23 (67)'
        inside = [one for one in inside if one.end <= found.start()]
    return bool(inside) or (both and not _has_subject(context, first, last))


def _is_than_before(context: Context, found: re.Match[str]) -> bool:
    """Whether what is said to be more is more than at another time, and not than another thing."""
    than = re.search(r"\bthan\b", context.sentence.text[found.end() :], re.I)
    place = found.end() + than.end() if than else len(context.sentence.text)
    return has_place(context.sentence.whens, place, place + NEAR) or is_of_earlier(
        context.sentence.text, place
    )


def _has_subject(context: Context, first: int, last: int) -> bool:
    return has_place([*context.subjects, *context.groups], first, last)


def _check_direction(context: Context, found: re.Match[str], word: str, *, denied: bool) -> None:
    if context.is_unclear or SEASON.search(context.sentence.text):
        return
    text = context.sentence.text
    if SINCE_THEN.match(text[found.end() :]) or THEN_ON.search(text[: found.start()]):
        return
    is_of_counts = context.is_implied and OF_COUNTS.search(text[: found.start()])
    noun = IN_WHAT.match(text, found.end()) if found[0].endswith(" in") else None
    said = {stem for _, _, stem in stems(noun[1])} if noun else set()
    is_of_page = bool(context.about) and bool(said & own_words([context.about]))
    tried = []
    for line in context.lines(found.start(), found.end()):
        if is_of_counts and line.spec.unit == "percent":
            continue
        if is_of_page and not said & own_words([line.spec.id]):
            continue  # 'the rise in enquiries is not owed to referrals', on the page of enquiries
        sign = {"up": 1, "down": -1}.get(word) or sign_of(found, line)
        if not sign:
            return
        for first, last in _ends_of_way(context, line, found):
            tried.append((line, first, last))
            gap = difference(first, last) * sign
            is_little = denied and abs(relative(first, last) or 0) < LITTLE
            if is_little or ((gap <= 0) if denied else (gap > 0)):
                context.accept(*found.span())
                return
    if tried:
        line, first, last = tried[0]
        claim = context.sentence.text[found.start() : found.end()]
        why = "The data do go that way." if denied else "The data do not go that way."
        context.add("direction", claim, change_words(line, first, last), why, line)


def _ends_of_way(context: Context, line: Line, found: re.Match[str]) -> list[tuple[Value, Value]]:
    """The pairs of values that a way may be about; the last two years where it led back to what was before."""
    now = context.given or context.year
    if BACK_TO.match(context.sentence.text[found.end() :]) and now is not None:
        return pairs(line, [now], [], None)
    return compared(context, line, found.start())


def _ends_of_steady(
    context: Context, line: Line, found: re.Match[str]
) -> list[tuple[Value, Value]]:
    """The pairs of values between which nothing changed; what it is back to and what it is now, where that is told."""
    now = context.given or context.year
    told = [one for one in context.sentence.whens if one.period and one.end > found.start()]
    if found["back"] and now is not None and told and told[0].period:
        then, at = line.at(told[0].period), line.at(now)
        return [(then, at)] if then and at and then.period < at.period else []
    return [*compared(context, line, found.start()), *on_last_year(context, line)]


def _check_steady(context: Context, found: re.Match[str]) -> None:
    if context.is_unclear or SINCE_THEN.match(context.sentence.text[found.end() :]):
        return
    if HAVING.search(context.sentence.text[: found.start()]):
        return  # of an earlier time: 'rose, having held steady in the four years before'
    hedged = re.search(
        r"\b(?:broadly|largely|almost|relatively|virtually|little|nearly|fairly)\s+$",
        context.sentence.text[: found.start()],
        re.I,
    )
    exact = found["exact"] and not hedged
    tried = []
    for line in context.lines(found.start(), found.end()):
        for first, last in _ends_of_steady(context, line, found):
            tried.append((line, first, last))
            share, gap = abs(relative(first, last) or 0), abs(difference(first, last))
            is_percent = line.spec.unit == "percent"
            if share <= (2 if exact else 10) or (is_percent and gap < (0.5 if exact else 2)):
                context.accept(*found.span())
                return
    if tried:
        line, first, last = tried[0]
        claim = context.sentence.text[found.start() : found.end()]
        context.add(
            "direction", claim, change_words(line, first, last), "The data show a change.", line
        )
