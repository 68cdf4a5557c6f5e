"""The dashboard's charts: rows in, Altair charts out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import altair as alt

from warehouse.axes import (
    LONGEST_LABEL_PX,
    Picture,
    Rows,
    axis,
    lag_text,
    legend,
    names_axis,
    rank_of,
    sized,
    time_axis,
    values_of,
)
from warehouse.figures import Step

#: Told apart by people who see few colours, on white and on black.
_COLOURS = ("#3b82d6", "#e08214", "#1b9e77", "#d6456b", "#9a6fd0", "#8c9a1f")
_BLUE, _PALE_BLUE, _ORANGE, _GREY = "#3b82d6", "#9ec5f2", "#e08214", "#8a8f98"
_RED = "#d6456b"
#: Columns of the funnel from below, each with what it is called and its colour.
_FATES = {
    "quoting": ("read, with quotations", _BLUE),
    "silent": ("read, without", _PALE_BLUE),
    "waiting": ("waiting", _GREY),
    "failed": ("failed", _RED),
}
_BAR_PX = 24
#: A minute, ten, an hour, six, a day, a week, a month, a year.
_TICKS_S = (60, 600, 3_600, 21_600, 86_400, 604_800, 2_592_000, 31_536_000)
_TICK_LABELS = (
    "{60: '1 min', 600: '10 min', 3600: '1 h', 21600: '6 h', 86400: '1 day', 604800: '1 week',"
    " 2592000: '30 days', 31536000: '1 year'}[datum.value]"
)


def quotes_over_time(rows: Rows, step: Step) -> Picture:
    """Return a line a speaker, a point a step; rows have `day`, `speaker`, `quotes`."""
    names = list(dict.fromkeys(row["speaker"] for row in rows))
    chart = (
        alt.Chart(values_of(rows))
        .mark_line(point=alt.OverlayMarkDef(size=28), strokeWidth=1.8)
        .encode(
            x=time_axis(step),
            y=alt.Y("quotes:Q", title=f"quotations a {step}", axis=axis(tickMinStep=1)),
            color=alt.Color(
                "speaker:N",
                title=None,
                sort=names,
                scale=alt.Scale(domain=names, range=list(_COLOURS)),
                legend=alt.Legend(orient="top", columns=3, labelLimit=LONGEST_LABEL_PX),
            ),
            tooltip=[
                alt.Tooltip("speaker:N"),
                alt.Tooltip("day:N", title=step),
                alt.Tooltip("quotes:Q", title="quotations"),
            ],
        )
    )
    return sized(chart, 280)


def most_quoted(rows: Rows) -> Picture:
    """Return two bars a speaker, all printings behind different quotations.

    Rows have `speaker`, `quotes`, `distinct_quotes`, `articles`, `outlets`.
    """
    names = [row["speaker"] for row in rows]
    counted = [
        {**row, "what": what, "number": row[column]}
        for row in rows
        for what, column in (
            ("every printing", "quotes"),
            ("each quotation once", "distinct_quotes"),
        )
    ]
    bars = alt.Chart(values_of(counted)).encode(
        y=names_axis("speaker", names),
        x=alt.X("number:Q", title="quotations", stack=None, axis=axis(tickMinStep=1)),
        color=legend("what", {"every printing": _PALE_BLUE, "each quotation once": _BLUE}),
        tooltip=[
            alt.Tooltip("speaker:N"),
            alt.Tooltip("distinct_quotes:Q", title="each quotation once"),
            alt.Tooltip("quotes:Q", title="every printing"),
            alt.Tooltip("articles:Q"),
            alt.Tooltip("outlets:Q"),
        ],
    )
    behind = bars.transform_filter("datum.what == 'every printing'").mark_bar(height=16)
    before = bars.transform_filter("datum.what == 'each quotation once'").mark_bar(height=8)
    return sized(alt.layer(behind, before), _BAR_PX * len(rows))


def speakers_by_outlet(rows: Rows) -> Picture:
    """Return a heat map; rows have `outlet`, `speaker`, `distinct_quotes`, `quotes`."""
    names = list(dict.fromkeys(row["speaker"] for row in rows))
    most = max(row["distinct_quotes"] for row in rows)
    cells = alt.Chart(values_of(rows)).encode(
        x=alt.X(
            "outlet:N",
            title=None,
            axis=alt.Axis(labelAngle=-40, orient="top", labelLimit=LONGEST_LABEL_PX),
        ),
        y=names_axis("speaker", names),
    )
    squares = cells.mark_rect(cornerRadius=2).encode(
        color=alt.Color(
            "distinct_quotes:Q",
            title="different quotations",
            scale=alt.Scale(scheme="blues", domain=[0, most]),
            legend=alt.Legend(orient="bottom", tickMinStep=1, gradientLength=200),
        ),
        tooltip=[
            alt.Tooltip("speaker:N"),
            alt.Tooltip("outlet:N"),
            alt.Tooltip("distinct_quotes:Q", title="different quotations"),
            alt.Tooltip("quotes:Q", title="every printing"),
        ],
    )
    numbers = cells.mark_text(fontSize=11).encode(
        text="distinct_quotes:Q",
        color=alt.condition(
            f"datum.distinct_quotes > {most / 2}", alt.value("white"), alt.value("#17324d")
        ),
    )
    return sized(alt.layer(squares, numbers), _BAR_PX * len(names) + 30)


def unattributed(rows: Rows) -> Picture:
    """Return a bar an outlet, by how its quotations name their speakers.

    Rows have `outlet`, `quotes`, `unattributed`, `described`.
    """
    kinds = {"a name": _BLUE, "a description, such as “a spokesman”": _PALE_BLUE, "nobody": _ORANGE}
    parts = [
        {"outlet": row["outlet"], "who": who, "number": number, "share": number / row["quotes"]}
        for row in rows
        for who, number in zip(
            kinds,
            (
                row["quotes"] - row["unattributed"] - row["described"],
                row["described"],
                row["unattributed"],
            ),
            strict=True,
        )
    ]
    return _bars_by_outlet(
        parts,
        by="who",
        kinds=kinds,
        x=alt.X(
            "share:Q",
            title="share of the outlet's quotations",
            axis=axis(format="%"),
            scale=alt.Scale(domain=[0, 1]),
        ),
        tooltip=[
            alt.Tooltip("who:N", title="attributed to"),
            alt.Tooltip("number:Q", title="quotations"),
            alt.Tooltip("share:Q", format=".1%"),
        ],
    )


def first_outlets(rows: Rows) -> Picture:
    """Return a bar an outlet, how often it was first; rows have `outlet`, `first`, `later`."""
    kinds = {"printed it first": _BLUE, "printed it later": _GREY}
    parts = [
        {**row, "place": place, "number": row[column], "lag": lag_text(row["median_lag_s"])}
        for row in rows
        for place, column in zip(kinds, ("first", "later"), strict=True)
    ]
    return _bars_by_outlet(
        parts,
        by="place",
        kinds=kinds,
        x=alt.X(
            "number:Q",
            title="quotations that other outlets printed too",
            axis=axis(tickMinStep=1),
        ),
        tooltip=[
            alt.Tooltip("first:Q", title="first with"),
            alt.Tooltip("later:Q", title="later with"),
            alt.Tooltip("lag:N", title="median lag when later"),
        ],
    )


def _bars_by_outlet(
    parts: Rows, *, by: str, kinds: Mapping[str, str], x: alt.X, tooltip: Sequence[alt.Tooltip]
) -> Picture:
    """Return a bar an outlet of pieces `x` long, told apart by the column `by`, a colour a kind."""
    outlets = list(dict.fromkeys(part["outlet"] for part in parts))
    chart = (
        alt.Chart(values_of(parts))
        .mark_bar(height=16)
        .encode(
            y=names_axis("outlet", outlets),
            x=x,
            color=legend(by, kinds),
            order=alt.Order("rank:Q"),
            tooltip=[alt.Tooltip("outlet:N"), *tooltip],
        )
        .transform_calculate(rank=rank_of(by, kinds))
    )
    return sized(chart, _BAR_PX * len(outlets))


def funnel(rows: Rows, step: Step) -> Picture:
    """Return a bar a step of what became of the items that feeds listed.

    Rows have `day`, `next_day`, `quoting`, `silent`, `waiting`, `failed`.
    """
    chart = (
        alt.Chart(values_of([part for row in rows for part in _stacked(row)]))
        .mark_rect(x2Offset=-1)
        .encode(
            x=time_axis(step),
            x2="next_day:T",
            y=alt.Y(
                "above:Q",
                title=f"items listed, a {step}",
                axis=axis(tickMinStep=1),
                scale=alt.Scale(zero=True),
            ),
            y2="below:Q",
            color=legend("fate", dict(_FATES.values())),
            tooltip=[
                alt.Tooltip("day:N", title=step),
                alt.Tooltip("fate:N", title="what became of them"),
                alt.Tooltip("number:Q", title="items"),
            ],
        )
    )
    return sized(chart, 240)


def _stacked(row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the parts of a bar, each on the one before: Vega stacks none that has two ends."""
    below = 0
    for column, (fate, _) in _FATES.items():
        number = row[column]
        if number:
            above = below + number
            yield {**row, "fate": fate, "number": number, "below": below, "above": above}
            below = above


def latency(rows: Rows) -> Picture:
    """Return a line a feed from its median to its slowest tenth; each tick is a longer time.

    Rows have `feed`, `entries`, `median_listing_s`, `p90_listing_s`.
    """
    feeds = list(dict.fromkeys(row["feed"] for row in rows))
    lags = [
        {
            **row,
            "median_s": max(row["median_listing_s"], _TICKS_S[0]),
            "p90_s": max(row["p90_listing_s"], _TICKS_S[0]),
            "median": lag_text(row["median_listing_s"]),
            "p90": lag_text(row["p90_listing_s"]),
        }
        for row in rows
    ]
    slowest_s = max(row["p90_s"] for row in lags)
    last_tick = next((tick for tick in _TICKS_S if tick >= slowest_s), slowest_s)
    x = alt.X(
        "median_s:Q",
        title="from publication to our first sight of it",
        scale=alt.Scale(type="log", domain=[_TICKS_S[0], last_tick], nice=False),
        axis=axis(values=list(_TICKS_S), labelExpr=_TICK_LABELS),
    )
    chart = alt.Chart(values_of(lags)).encode(
        y=names_axis("feed", feeds),
        tooltip=[
            alt.Tooltip("feed:N"),
            alt.Tooltip("entries:Q", title="items"),
            alt.Tooltip("median:N", title="half within"),
            alt.Tooltip("p90:N", title="nine in ten within"),
        ],
    )
    spans = chart.mark_rule(strokeWidth=3, color=_PALE_BLUE).encode(x=x, x2="p90_s:Q")
    medians = chart.mark_circle(size=90, color=_BLUE, opacity=1).encode(x=x)
    return sized(alt.layer(spans, medians), _BAR_PX * len(feeds))
