"""A home with a past in which much happened, and what a rebuild must give back of it."""

from collections.abc import Mapping
from pathlib import Path

from tests.fakes import Reply, ScriptedSite
from tests.press import (
    BUDGET,
    RAIN,
    STREIK,
    a_page,
    an_item,
    ingest,
    onrecord,
    rows,
    rss,
    set_up,
)
from tests.rechecking import EDITED

PLUIE = (
    "La pluie a fermé le port de Larkhaven lundi, et les bateaux sont restés à quai.",
    "« Nous n'avons jamais vu une eau aussi haute », a déclaré Mara Lindqvist, qui le dirige.",
)
DIVIDED = (
    "The cedar works at Larkhaven will shut in May, its owners said on Thursday evening.",
    '"We have run out of other ways to pay our debts," said Tomas Brekke, who speaks for them.',
    "The union asked for a meeting, and the town for the help that it was promised last year.",
)
SETTLED = (*DIVIDED[:2], "The union met the owners on Friday, and came away with a promise.")
#: Deep enough to have the parser fail, or worse.
POISONED = Reply(
    body=b"<html><body>" + b"<div>" * 50_000 + b"x", headers={"Content-Type": "text/html"}
)
NOT_A_PAGE = Reply(body=b"\x89PNG" + bytes(200), headers={"Content-Type": "image/png"})

#: What is told of entries, articles, versions and findings, but for what names a run or request
#: and, of texts that stand in for pages, the time at which those were asked for.
KEPT = {
    "entries": "select * exclude (article_id, run_id) from (select *, null as run_id from entries)",
    "articles": """
        select * exclude (fetch_id, first_seen_at, last_seen_at),
            if(text_source = 'page', first_seen_at, null) as first_seen_at
        from articles""",
    "article_versions": """
        select * exclude (fetch_id, seen_at), if(text_source = 'page', seen_at, null) as seen_at
        from article_versions""",
    "quote_versions": "from quote_versions",
    "quotes": "from quotes",
    "mention_versions": "from mention_versions",
    "mentions": "from mentions",
    "entities": "select * exclude (first_seen_at) from entities",
    "links of entries": "select entry_id, article_id from entries",
    "sights of pages": """
        select fetch_id, url, target, run_id, started_at, archive_file, archive_offset, text_hash
        from fetches
        where archive_file is not null and text_source = 'page'""",
    "feeds": "select feed_id, url, state from feeds",
    "readable bodies": """
        select poll_id, feed_id, run_id, entries_seen, entries_new, archive_file, archive_offset
        from polls
        where status = 'new'""",
}


def kept_by(home: Path, questions: Mapping[str, str] = KEPT) -> dict[str, list[str]]:
    """Return what a rebuild must give back, each relation's rows in an order of their own."""
    return {name: sorted(str(row) for row in rows(home, sql)) for name, sql in questions.items()}


def a_full_item(link: str, *paragraphs: str, **given: str) -> str:
    """Return an item whose feed gives the text itself."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return an_item(link, more=f"<content:encoded><![CDATA[{text}]]></content:encoded>", **given)


def live_through(folder: Path, site: ScriptedSite, model: Path) -> Path:
    """Return a home that has seen three passes, two additions, and a feed that was removed."""
    gone = site.url("/gone-feed")
    home = set_up(
        folder / "home", site.url("/first"), site.url("/second"), gone, site=site, model=model
    )
    rain, failing, locked = (site.url(path) for path in ("/rain", "/failing", "/locked"))
    rainy = a_page("Rain closes the harbour", RAIN)
    site.routes |= {
        "/rain": rainy,
        "/budget": a_page("Council adopts its budget", BUDGET),
        "/streik": a_page("Fahrer legen die Arbeit nieder", STREIK, lang="de"),
        "/pluie": a_page("La pluie ferme le port", PLUIE, lang="fr"),
        "/poisoned": POISONED,
        "/picture": NOT_A_PAGE,
        "/failing": Reply(status=500),
        "/locked": Reply(status=403),
        "/alone": a_page("The cedar works will shut", DIVIDED),
        "/gone-feed": rss(an_item(site.url("/streik"), guid="s", title="Streik")),
        "/first": rss(
            an_item(rain, guid="made-up-1", title="Rain"),
            an_item(site.url("/pluie"), guid="p", title="Pluie"),
            an_item(site.url("/poisoned"), guid="x", title="Poison"),
        ),
        "/second": rss(
            an_item(site.url("/budget"), guid="b", title="Budget"),
            an_item(site.url("/picture"), guid="i", title="A picture"),
            a_full_item(failing, *DIVIDED, guid="f", title="Works to shut"),
            a_full_item(locked, *STREIK, guid="l", title="Streik"),
        ),
    }
    _pass(home)
    site.routes["/rain"] = a_page("Rain closes the harbour", EDITED)
    site.routes["/first"] = rss(
        an_item(rain, guid="made-up-2", title="Rain"),
        an_item(site.url("/pluie"), guid="p", title="La pluie"),
    )
    site.routes["/second"] = rss(
        an_item(site.url("/budget") + "?page=2", guid="b", title="Budget, again"),
        a_full_item(failing, *SETTLED, guid="f", title="Works may stay"),
        a_full_item(locked, *STREIK, guid="l", title="Streik"),
    )
    site.routes["/budget?page=2"] = site.routes["/budget"]
    _add(home, rain, site.url("/alone"))
    _pass(home)
    onrecord("feeds", "remove", gone, "--home", home)
    site.routes["/rain"] = rainy
    _add(home, rain)
    site.routes["/first"] = rss(an_item(rain, guid="made-up-3", title="Rain, and more of it"))
    _pass(home)
    return home


def _pass(home: Path) -> None:
    assert ingest(home).code == 0


def _add(home: Path, *urls: str) -> None:
    assert onrecord("add", *urls, "--home", home).code == 0
