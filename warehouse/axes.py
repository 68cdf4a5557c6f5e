"""What all charts of the dashboard have in common: rows, axes, legends, size, words for times."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from warehouse.figures import Step

#: What a chart is made from.
Rows = Sequence[Mapping[str, Any]]
#: A chart, or several on one another.
Picture = alt.TopLevelMixin

LONGEST_LABEL_PX = 220


def values_of(rows: Rows) -> alt.InlineData:
    """Return `rows` for the browser, days as "2026-11-22"."""
    plain = [
        {
            key: value.isoformat() if hasattr(value, "isoformat") else value
            for key, value in row.items()
        }
        for row in rows
    ]
    return alt.InlineData(values=plain)


def axis(**options: object) -> alt.Axis:
    """Return an axis with few ticks and a faint grid; `options` are those of Vega-Lite."""
    given = {"grid": True, "gridOpacity": 0.35, "labelOverlap": True, "tickCount": 8, **options}
    return alt.Axis.from_dict(given)


def time_axis(step: Step) -> alt.X:
    """Return the axis of `day`, a point a step."""
    # In UTC: in the browser's own zone a day would begin on the evening before.
    return alt.X(
        "day:T",
        title=f"{step} of publication (UTC)",
        scale=alt.Scale(type="utc"),
        axis=axis(format="%-d %b %y"),
    )


def rank_of(field: str, kinds: Mapping[str, str]) -> str:
    """Return what puts the parts of a bar in the order of `kinds`."""
    return f"indexof({list(kinds)}, datum.{field})"


def names_axis(field: str, names: Sequence[str]) -> alt.Y:
    """Return the axis of bars that are called `names`, from top to bottom."""
    plain = alt.Axis(labelLimit=LONGEST_LABEL_PX, ticks=False, domain=False, labelPadding=6)
    return alt.Y(f"{field}:N", title=None, sort=list(names), axis=plain)


def legend(field: str, colours: Mapping[str, str]) -> alt.Color:
    """Return the colours of the values of `field`, with a legend above the chart."""
    return alt.Color(
        f"{field}:N",
        title=None,
        scale=alt.Scale(domain=list(colours), range=list(colours.values())),
        legend=alt.Legend(orient="top", labelLimit=2 * LONGEST_LABEL_PX),
    )


def sized(chart: Picture, height: int) -> Picture:
    """Return `chart` as wide as the page, `height` pixels high, on whatever the page stands on."""
    whole: Picture = chart.properties(width="container", height=height, background="transparent")
    return whole


def lag_text(seconds: float | None) -> str:
    """Return "45 s", "12 min", "3.5 h" or "2.1 days"; nothing for None."""
    if seconds is None:
        return ""
    for unit, size in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.0f} s"
