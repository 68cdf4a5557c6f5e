"""The dashboard's tables and headings: rows in, what marimo shows out."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

import marimo as mo

from warehouse.axes import Picture, lag_text
from warehouse.figures import Row

_ROWS_A_PAGE = 15


def moment(time: datetime) -> str:
    """Return "22 Nov 2026, 09:30 UTC" for a time in UTC."""
    return f"{time.day} {time:%b %Y, %H:%M} UTC"


def names_of(speakers: Iterable[Row]) -> dict[str, str]:
    """Return a name for each `speaker_id`, in order; who shares one gets a number behind it."""
    bearers = Counter[str]()
    names = {}
    for row in speakers:
        name = row["speaker"]
        bearers[name] += 1
        names[row["speaker_id"]] = name if bearers[name] == 1 else f"{name} ({bearers[name]})"
    return names


def named(rows: Iterable[Row], names: Mapping[str, str]) -> list[Row]:
    """Return `rows` with the `speaker` of their `speaker_id`, in the order of `names`."""
    ranks = {speaker_id: rank for rank, speaker_id in enumerate(names)}
    ranked = sorted(rows, key=lambda row: ranks[row["speaker_id"]])
    return [{**row, "speaker": names[row["speaker_id"]]} for row in ranked]


def section(title: str, explained: str, content: Picture | mo.ui.table | Sequence[Row]) -> mo.Html:
    """Return `content` below a heading and a line that says what it is; no rows are said so."""
    nothing = mo.md("*Nothing here for this choice.*")
    shown = nothing if isinstance(content, Sequence) else content
    # The page leaves as much room between a heading and its line as between two paragraphs.
    line = mo.md(explained).style(margin_top="-1.25rem")
    return mo.vstack([mo.md(f"### {title}"), line, shown])


def table(
    rows: Sequence[Row], *, without: Collection[str] = (), wrapped: Collection[str] = ()
) -> mo.ui.table | Sequence[Row]:
    """Return `rows` as a table to search, sort and download; no rows as they are.

    Args:
        rows: lags are told as people tell them, times are in UTC; addresses become links.
        without: columns to leave out.
        wrapped: columns with long texts.
    """
    if not rows:
        return rows
    return mo.ui.table(
        [
            {_heading(name): _cell(name, row[name]) for name in row if name not in without}
            for row in rows
        ],
        selection=None,
        page_size=_ROWS_A_PAGE,
        show_column_summaries=False,
        show_data_types=False,
        wrapped_columns=[_heading(name) for name in wrapped],
    )


def _heading(name: str) -> str:
    return name.removesuffix("_lag_s").replace("_", " ") + (
        " lag" if name.endswith("_lag_s") else ""
    )


def _cell(name: str, value: object) -> object:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if name.endswith("_lag_s") and isinstance(value, int | float):
        return lag_text(value)
    return "" if value is None else value
