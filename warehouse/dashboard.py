"""The dashboard: a marimo notebook over the published copy, which `onrecord dashboard` serves.

Cells are no functions of ours: marimo calls each with the names it uses when one of them changes.
"""

# /// script
# [tool.marimo.display]
# theme = "system"
# ///

import marimo

app = marimo.App(width="full", app_title="On Record")

with app.setup:
    from datetime import UTC, datetime
    from pathlib import Path

    import marimo as mo

    from extractors.errors import WarehouseError
    from warehouse import charts, tables
    from warehouse.figures import Choice, figures, last_run, outlets_of, state_of
    from warehouse.reader import Reader


@app.cell
def place():
    _request = mo.app_meta().request
    home = Path(str(_request.meta["home"]) if _request else "onrecord-data")
    return (home,)


@app.cell
def again():
    refresh = mo.ui.run_button(label="Refresh", tooltip="show the newest published state")
    return (refresh,)


@app.cell
def kept():
    # Of no cell that a refresh runs anew, which would forget what was chosen.
    speaker = mo.ui.text(label="Speaker", placeholder="a part of a name")
    tabs = mo.ui.tabs(
        dict.fromkeys(("Speakers", "Quotations", "Across outlets", "Edits", "Feeds"), "")
    )
    return speaker, tabs


@app.cell
def opened(home, refresh):
    refresh  # each press opens the copy anew
    try:
        reader = Reader(home)
    except WarehouseError as _error:
        mo.stop(True, mo.callout(str(_error), kind="warn"))
    published_at = datetime.fromtimestamp((home / "published.duckdb").stat().st_mtime, UTC)
    state = state_of(reader)
    return published_at, reader, state


@app.cell
def header(published_at, reader, refresh, state):
    _run = last_run(reader)
    _ran = (
        f"{_run['outcome'] or 'not ended'}, {tables.moment(_run['started_at'])}" if _run else "none"
    )
    _counts = {
        "articles": state.articles,
        "quotations": state.quotes,
        "named speakers": state.speakers,
        "outlets": state.outlets,
        "feeds": state.feeds,
    }
    mo.vstack(
        [
            mo.hstack(
                [
                    mo.md("# On Record"),
                    refresh,
                ],
                justify="space-between",
                align="center",
            ),
            mo.md(
                "Who said what, where and when. "
                f"As published **{tables.moment(published_at)}**; last run: **{_ran}**."
            ),
            mo.hstack(
                [mo.stat(f"{n:,}", label=label, bordered=True) for label, n in _counts.items()],
                widths="equal",
            ),
        ]
    )


@app.cell
def filters(reader, speaker, state, tabs):
    mo.stop(
        state.articles == 0,
        mo.callout(
            mo.md(
                "**There is no article yet.** Subscribe to a feed with "
                "`onrecord feeds add https://…`, read it with `onrecord ingest`, and press "
                "*Refresh*. `onrecord demo` shows all of this with a newsroom of its own."
            ),
            kind="info",
        ),
    )
    days = mo.ui.date_range(
        start=state.first_day,
        stop=state.last_day,
        value=state.days_shown,
        label="Published (UTC)",
    )
    outlets = mo.ui.multiselect(outlets_of(reader), label="Outlets", max_selections=100)
    mo.vstack([mo.hstack([days, outlets, speaker], justify="start", gap=2, wrap=True), tabs])
    return days, outlets


@app.cell
def chosen(days, outlets, speaker):
    choice = Choice(
        since=days.value[0],
        until=days.value[1],
        outlets=tuple(outlets.value),
        speaker=speaker.value.strip(),
    )
    return (choice,)


@app.cell
def chosen_tab(tabs):
    tab = tabs.value
    return (tab,)


@app.cell
def speakers_tab(choice, reader, tab):
    mo.stop(tab != "Speakers")
    _found = figures(reader, "speakers", choice, top=200)
    _names = tables.names_of(_found)
    speakers = tables.named(_found, _names)
    _first = list(_names)
    speaker_days = tables.named(
        figures(reader, "speaker_days", choice, speaker_ids=_first[:6]), _names
    )
    speaker_outlets = tables.named(
        figures(reader, "speaker_outlets", choice, speaker_ids=_first[:15]), _names
    )
    unattributed = figures(reader, "unattributed", choice)
    mo.vstack(
        [
            tables.section(
                f"Quotations a {choice.step}",
                "The six most quoted speakers; every printing counts.",
                speaker_days and charts.quotes_over_time(speaker_days, choice.step),
            ),
            tables.section(
                "Most quoted",
                "A quotation that a wire story carries into ten outlets is ten printings of one.",
                speakers and charts.most_quoted(speakers[:15]),
            ),
            tables.section(
                "Who quotes whom",
                "The same speakers by outlet, each quotation once; the 20 busiest outlets.",
                speaker_outlets and charts.speakers_by_outlet(speaker_outlets),
            ),
            tables.section(
                "Who is named as the source",
                "By outlet, the 20 with most quotations. The speaker filter does not apply.",
                unattributed and charts.unattributed(unattributed),
            ),
            tables.section(
                "All speakers",
                "The 200 most quoted.",
                tables.table(speakers, without=("speaker_id",)),
            ),
        ],
        gap=2,
    )
    return speaker_days, speaker_outlets, speakers, unattributed


@app.cell
def search(tab):
    mo.stop(tab != "Quotations")
    words = mo.ui.text(label="Words", placeholder="in the quotation", full_width=True)
    words
    return (words,)


@app.cell
def quotations_tab(choice, reader, words):
    quotes = figures(reader, "quotes", choice, words=words.value.strip(), top=1_000)
    tables.section(
        "Quotations",
        "The newest 1,000 that fit. `onrecord ask trace_quote --words QUOTE_ID` leads from a row "
        "to the archived bytes.",
        tables.table(quotes, wrapped=("text",)),
    )
    return (quotes,)


@app.cell
def across_tab(choice, reader, tab):
    mo.stop(tab != "Across outlets")
    first_outlets = figures(reader, "first_outlets", choice)
    sightings = figures(reader, "sightings", choice, top=500)
    mo.vstack(
        [
            tables.section(
                "Who has it first",
                "Quotations of six words or more that stand in two outlets or more.",
                first_outlets and charts.first_outlets(first_outlets),
            ),
            tables.section(
                "The same quotation across outlets",
                "The 500 with most outlets; the lags count from the first printing.",
                tables.table(sightings, wrapped=("text",)),
            ),
        ],
        gap=2,
    )
    return first_outlets, sightings


@app.cell
def edits_tab(choice, reader, tab):
    mo.stop(tab != "Edits")
    edits = figures(reader, "edits", choice, top=500)
    edited_articles = figures(reader, "edited_articles", choice, top=500)
    mo.vstack(
        [
            tables.section(
                "Quotations that publishers changed",
                "Added, removed, altered or given to another speaker in a later version of the "
                "article; the newest 500 seen since the first day chosen.",
                tables.table(edits, wrapped=("text_before", "text")),
            ),
            tables.section(
                "Edited articles",
                "The newest 500.",
                tables.table(edited_articles, wrapped=("first_title", "title")),
            ),
        ],
        gap=2,
    )
    return edited_articles, edits


@app.cell
def feeds_tab(choice, reader, tab):
    mo.stop(tab != "Feeds")
    funnel = figures(reader, "funnel", choice)
    latency = figures(reader, "latency", choice)
    feeds = figures(reader, "feeds", choice, top=500)
    mo.vstack(
        [
            tables.section(
                "From item to quotation",
                "What became of the items that feeds listed.",
                funnel and charts.funnel(funnel, choice.step),
            ),
            tables.section(
                "How late we are",
                "From the time the feed states to our first sight of the item: half of a feed's "
                "items within the dot, nine in ten within the line. The 25 slowest feeds.",
                latency and charts.latency(latency),
            ),
            tables.section("Feeds", "Those in trouble first.", tables.table(feeds)),
        ],
        gap=2,
    )
    return feeds, funnel, latency


if __name__ == "__main__":
    app.run()
