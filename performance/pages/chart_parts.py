"""What all charts are made of: colours, traces, labels at the end of lines, marks and shading.

A Plotly figure is a plain dict. `charts.js` draws it in the browser, `drawing.py` on paper; both read what stands here.
The axis of periods holds names, so that no axis invents dates; a place between two periods is a fraction of a place.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from lscb.numbers import missing_symbol
from lscb.periods import Period
from performance.indicators.series import Value

INK, SOFT, LINE, BLUE, BAND = "#14202b", "#52616f", "#dfe5ea", "#1d5f9e", "#e8eff5"
BAND_FILL = f"{BAND}bf"  # what is shaded beneath it shows through
CONCERN, IMPROVE, NEUTRAL, GREEN = "#b8560a", "#14608f", "#5b3c88", "#0b6b3a"
TERM, EVENT = "#f3eee2", "#eceff2"  # shading under the data
MEAN = "#6d8296"
PAPER, CLEAR = "#ffffff", "rgba(0,0,0,0)"
HATCH = 7  # pixels between the strokes of a hatched column
QUIET = "#8593a1"  # what stands behind, 3:1 on white
HEIGHT = 340
INNER = 270  # about how many pixels of that are the plot itself
LETTER, LINE_HEIGHT = 7.2, 17  # pixels of a label's letter and line
WRAP = 14  # letters in a line of a label beside a chart
DRIFT = 3  # pixels that a label may lie from the end of its line without a leader

# The template of a label, into which Plotly puts the trace's name: one that is written into it would be markup.
NAMED = "%{x}: %{y:,}<extra>%{fullData.name}</extra>"

Figure = dict[str, Any]


def contrast(shade: str) -> float:
    """The contrast of a colour (`#1d5f9e`) with white, 1 to 21 (Web Content Accessibility Guidelines 2.2)."""
    parts = [int(shade[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    red, green, blue = linear
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def readable(shade: str) -> str:
    """The colour of a name beside a line: the line's, or ink where words in that would be too pale to read."""
    return shade if contrast(shade) >= 4.5 else INK


def symbol(position: int) -> str:
    """The sign of the points of the category at this position of its code list."""
    return ("circle", "square", "diamond")[position % 3]


def line(name: str, labels: Sequence[str], values: Sequence[float | None], shade: str) -> Figure:
    """One series over labels."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": list(labels),
        "y": list(values),
        "connectgaps": False,
        "line": {"color": shade, "width": 2.2},
        "marker": {"size": 5},
        "hovertemplate": NAMED,
    }


def flat(name: str, labels: Sequence[str], value: float, shade: str, dash: str) -> Figure:
    """A level line over labels."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": list(labels),
        "y": [value] * len(labels),
        "hoverinfo": "skip",
        "line": {"color": shade, "width": 1.5, "dash": dash},
    }


def values_range(figure: Figure, *, zero: bool) -> tuple[float, float]:
    """Fix the axis of values to what is drawn with a little room, and give that range. Labels are placed by it."""
    rows = [trace.get("y", []) for trace in figure["data"]]
    found = [float(one) for row in rows for one in row if isinstance(one, int | float)]
    if figure["layout"].get("barmode") == "stack":
        found = [float(sum(one or 0 for one in column)) for column in zip(*rows, strict=True)]
    low, high = (min(found), max(found)) if found else (0.0, 1.0)
    if low == high == 0:  # nothing but zeros: an axis of hundredths would magnify nothing
        high = 100.0 if figure["layout"]["yaxis"]["ticksuffix"] == "%" else 1.0
    if zero and low >= 0:
        low = 0.0
    room = ((high - low) or abs(high) or 1.0) * 0.08
    bottom = low if zero and low == 0 else max(low - room, 0.0) if low >= 0 else low - room
    figure["layout"]["yaxis"] |= {"range": [bottom, high + room], "rangemode": "normal"}
    return bottom, high + room


def with_end_labels(
    figure: Figure, ends: Sequence[tuple[str, float, str]], *, wrap: int = WRAP, steps: int = 0
) -> Figure:
    """The figure with names (text, value, colour) beside the last label of its lines instead of a legend, in lines of
    `wrap` letters. They are moved apart where they would lie over one another, and then joined with their line by a
    leader; more of them than fit make the chart taller, as do so many `steps` of its axis that each have room for a
    name. In a narrow box `charts.js` shows the legend instead."""
    bottom, top = figure["layout"]["yaxis"]["range"]
    texts = {text: _wrapped(text, wrap) for text, _, _ in ends}
    ordered = sorted(ends, key=lambda one: -one[1])
    heights = [LINE_HEIGHT * len(texts[text]) for text, _, _ in ordered]
    inner = max(INNER, sum(heights), steps * max(heights, default=0))
    figure["layout"]["height"] += inner - INNER
    wanted = [(top - value) * inner / (top - bottom) for _, value, _ in ordered]
    for (text, value, shade), place, at in zip(
        ordered, spread(wanted, heights, inner), wanted, strict=True
    ):
        if abs(at - place) > DRIFT:
            aside = value + (at - place) * (top - bottom) / inner
            figure["layout"]["shapes"] += _leader(figure, text, value, aside, shade)
        figure["layout"]["annotations"].append(
            {
                "name": "end",
                "xref": "paper",
                "x": 1,
                "xanchor": "left",
                "xshift": 8,
                "yref": "y",
                "y": value,
                "yshift": round(at - place, 1),
                "yanchor": "middle",
                "align": "left",
                "text": "\n".join(texts[text]),
                "showarrow": False,
                "font": {"size": 13, "color": readable(shade)},
            }
        )
    longest = max((len(one) for lines in texts.values() for one in lines), default=0)
    figure["layout"]["margin"]["r"] = round(16 + longest * LETTER)
    figure["layout"]["showlegend"] = any(
        trace.get("showlegend") is True for trace in figure["data"]
    )
    return figure


def _leader(figure: Figure, name: str, value: float, aside: float, shade: str) -> list[Figure]:
    """A thin line from the last point of the line of this name to its label, which lies beside it; none on an axis of
    numbers, or where no line has the name."""
    trace = next((one for one in figure["data"] if one.get("name") == name), None)
    known = [at for at, one in enumerate(trace["y"]) if one is not None] if trace else []
    if not trace or not known or not isinstance(trace["x"][known[-1]], str):
        return []
    ends = {"x0": known[-1], "x1": len(trace["x"]) * 1.06 - 1, "y0": value, "y1": aside}
    stroke = {"color": shade, "width": 1}
    return [{"type": "line", "name": "leader", "xref": "x", "yref": "y", **ends, "line": stroke}]


def spread(wanted: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """Places (middles, from the top) near those wanted, in the same order, so that no two of these heights overlap."""
    placed: list[float] = []
    floor = 0.0
    for want, height in zip(wanted, heights, strict=True):
        middle = max(want, floor + height / 2)
        placed.append(middle)
        floor = middle + height / 2
    ceiling = max(room + LINE_HEIGHT, sum(heights))
    for at in range(len(placed) - 1, -1, -1):
        placed[at] = min(placed[at], ceiling - heights[at] / 2)
        ceiling = placed[at] - heights[at] / 2
    return placed


def _wrapped(text: str, wrap: int) -> list[str]:
    """A label in lines of so many letters."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > wrap:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def with_absences(
    figure: Figure, periods: Sequence[Period], known: Sequence[Value | None]
) -> tuple[Figure, tuple[str, ...]]:
    """The figure with what is missing: a symbol at the foot of each gap, a hatched column where only some months were
    sent. Also what the symbols mean, for beneath the chart. The axis of values must be fixed."""
    layout = figure["layout"]
    meanings: dict[str, str] = {}
    hatched: list[str] = []
    for period, value in zip(periods, known, strict=True):
        if value is not None and value.is_reported:
            continue
        behind: Figure = {}
        if value is not None and value.is_partial:
            present, expected, what = value.there
            symbol = f"{present}/{expected}"
            meanings["hatched"] = f"Hatched: {symbol} means that so many of the {what} were sent"
            hatched.append(period.short)
            behind = {"bgcolor": PAPER, "borderpad": 2}
        else:
            symbol, words = missing_symbol(value.status if value else "")
            meanings[symbol] = f"{symbol}: {words}"
        layout["annotations"].append(
            {
                "name": "absence",
                "xref": "x",
                "x": period.short,
                "yref": "paper",
                "y": 0,
                "yanchor": "bottom",
                "text": symbol,
                "showarrow": False,
                "font": {"size": 12, "color": SOFT},
            }
            | behind
        )
    if hatched:
        figure["data"].append(_hatched(hatched, layout["yaxis"]["range"]))
    return figure, tuple(meanings.values())


def _hatched(names: Sequence[str], limits: Sequence[float]) -> Figure:
    """Columns of fine slanted strokes over the whole height at these names of the axis: bars without a number, beside
    which other bars keep their places."""
    bottom, top = limits
    strokes = {"shape": "/", "size": HATCH, "solidity": 0.14, "fgcolor": QUIET, "bgcolor": CLEAR}
    return {
        "type": "bar",
        "meta": {"hatched": True},
        "x": list(names),
        "y": [top - bottom] * len(names),
        "base": [bottom] * len(names),
        "offset": -0.4,
        "width": 0.8,
        "marker": {"color": CLEAR, "pattern": strokes, "line": {"width": 0}},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def shaded(figure: Figure, spans: Iterable[tuple[float, float]], shade: str) -> Figure:
    """The figure with columns from place to place under everything else."""
    place = {"type": "rect", "xref": "x", "yref": "paper", "y0": 0, "y1": 1}
    look = {"fillcolor": shade, "line": {"width": 0}, "layer": "below"}
    columns = [place | look | {"x0": first, "x1": last} for first, last in spans]
    figure["layout"]["shapes"] = [*columns, *figure["layout"]["shapes"]]
    return figure


def with_letters(figure: Figure, marks: Iterable[tuple[str, int, str, bool]]) -> Figure:
    """The figure with letters (letter, place, words, whether it is a line before the place and not a column)."""
    layout = figure["layout"]
    written: dict[float, Figure] = {}  # the letters of one place stand beside one another
    for letter, at, words, is_line in marks:
        if is_line:
            edge = {"type": "line", "xref": "x", "x0": at - 0.5, "x1": at - 0.5, "yref": "paper"}
            stroke = {"color": SOFT, "width": 1, "dash": "dot"}
            layout["shapes"].append(edge | {"y0": 0, "y1": 1, "line": stroke})
        else:
            half = min(
                0.5, max(len(one["x"]) for one in figure["data"]) / 24
            )  # among few periods no broad block
            shaded(figure, [(at - half, at + half)], EVENT)
        where = at - 0.5 if is_line else at
        before = written.get(where)
        if before is not None:
            before |= {
                "text": f"{before['text']}, {letter}",
                "hovertext": f"{before['hovertext']}; {words}",
            }
            continue
        written[where] = {
            "xref": "x",
            "x": where,
            "yref": "paper",
            "y": 1,
            "yanchor": "top",
            "xanchor": "left" if is_line else "center",
            "text": letter,
            "hovertext": words,
            "showarrow": False,
        }
        layout["annotations"].append(written[where])
    return figure


def with_intervals(
    figure: Figure, ends: Sequence[tuple[float, float] | None], words: Sequence[str]
) -> Figure:
    """A figure of lying bars with a line across the end of each bar from the lower to the upper end of its interval,
    which `words` give; the number of a bar moves behind that line. Both are in the order of the bars from the top."""
    (bars,) = figure["data"]
    known = list(zip(bars["x"], ends[::-1], strict=True))
    upper = [high if one is None else one[1] for high, one in known]
    whisker = {
        "type": "data",
        "symmetric": False,
        "array": [top - value for (value, _), top in zip(known, upper, strict=True)],
        "arrayminus": [0 if one is None else value - one[0] for value, one in known],
    }
    bars |= {
        "textposition": "none",
        "customdata": [f"95% interval {one}" if one else "no interval" for one in words[::-1]],
        "hovertemplate": "%{y}: %{text}, %{customdata}<extra></extra>",
        "error_x": whisker | {"color": PAPER, "thickness": 4, "width": 6},
    }
    # The same line once more and thin: dark on the light one it shows on a bar of any colour.
    thin = {"color": INK, "thickness": 1.5, "width": 4}
    over = {"type": "bar", "orientation": "h", "x": bars["x"], "y": bars["y"], "hoverinfo": "skip"}
    figure["data"].append(over | {"marker": {"opacity": 0}, "error_x": whisker | thin})
    layout = figure["layout"]
    layout["barmode"] = "overlay"
    layout["xaxis"]["range"] = [0, max([*upper, 0.0]) * 1.01 or 1.0]
    place = {"name": "bar", "xref": "x", "yref": "y", "xanchor": "left", "xshift": 6}
    layout["annotations"] += [
        place | {"x": top, "y": name, "text": text, "showarrow": False}
        for top, name, text in zip(upper, bars["y"], bars["text"], strict=True)
    ]
    return figure
