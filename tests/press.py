"""A small press for tests of whole passes: pages, feeds, a light language model, a home."""

import functools
import io
import json
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import spacy

from extractors.urls import feed_id_of
from flows.cli import main
from tests.fakes import Reply, ScriptedSite
from warehouse.door import Warehouse

RAIN = (
    "Heavy rain closed the harbour of Larkhaven on Monday, and the ferries stayed where they were.",
    '"We have not seen water this high in thirty years," said Mara Lindqvist, who runs the port.',
    '"Nobody should try to cross before noon," Lindqvist added, and the schools sent pupils home.',
)
BUDGET = (
    "The council of Larkhaven adopted its budget late on Tuesday, after nine hours of debate.",
    '"This is the smallest deficit in a decade and we will keep it so," said Tomas Brekke.',
    "The opposition voted against it and asked for an inquiry into the cost of the new bridge.",
)
#: In a language without a model, whose quotations are found by their marks alone.
STREIK = (
    "Die Fahrer der Straßenbahn legten am Mittwoch in Larkhaven die Arbeit nieder.",
    "„Man hat uns zwei freie Tage in der Woche versprochen“, sagte Ines Okafor vom Verband.",
    "Das Unternehmen nannte den Streik bedauerlich und will am Donnerstag mit allen reden.",
)
_IN_ORDER = {
    "entries": "title, url, guid",
    "failures": "first_at",
    "fetches": "started_at",
    "polls": "started_at",
}
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}
_NAMES = {
    "PERSON": ("Mara Lindqvist", "Lindqvist", "Tomas Brekke"),
    "GPE": ("Larkhaven",),
}


def a_page(title: str, paragraphs: Sequence[str], *, lang: str = "en") -> Reply:
    """Return an article as a site serves it."""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = (
        f'<!doctype html><html lang="{lang}"><head><title>{title}</title>'
        f'<meta property="og:type" content="article"></head>'
        f"<body><main><article><h1>{title}</h1>\n{body}\n</article></main></body></html>"
    )
    return Reply(body=html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def a_feed_of(links: Sequence[str], *, etag: str = '"1"') -> Reply:
    """Return a feed that lists `links`."""
    items = "".join(
        f"<item><title>Story {link[-20:]}</title><link>{link}</link><guid>{link}</guid></item>"
        for link in links
    )
    xml = f'<rss version="2.0"><channel><title>The Larkhaven Press</title>{items}</channel></rss>'
    return Reply(body=xml.encode(), headers={"Content-Type": "application/rss+xml", "ETag": etag})


def an_item(link: str = "", *, guid: str = "", title: str = "", more: str = "") -> str:
    """Return an item of RSS with what is given, and elements beside as they are written."""
    given = {"title": title, "link": link, "guid": guid}
    elements = (f"<{name}>{escape(text)}</{name}>" for name, text in given.items() if text)
    return f"<item>{''.join(elements)}{more}</item>"


def rss(*items: str, more: str = "", **headers: str) -> Reply:
    """Return a feed of RSS 2.0; `more` goes into its channel, `cache_control` is a header."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    xml = f'<rss version="2.0" {spaces}><channel><title>Larkhaven</title>{more}{"".join(items)}'
    body = f"{xml}</channel></rss>".encode()
    return Reply(body=body, headers={"Content-Type": "application/rss+xml"} | named)


def conditional(reply: Reply):
    """Return a route that answers 304 to whoever has `reply` already."""
    etag = reply.headers["ETag"]
    return lambda seen: (
        Reply(status=304, headers={"ETag": etag})
        if seen.headers.get("if-none-match") == etag
        else reply
    )


def save_light_model(folder: Path) -> Path:
    """Save a pipeline that loads in no time and names the people of the texts above."""
    nlp = spacy.blank("en", meta={"name": "light", "version": "1.0"})
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": label, "pattern": name} for label, names in _NAMES.items() for name in names]
    )
    nlp.to_disk(folder)
    return folder


def set_up(home: Path, *feeds: str, site: ScriptedSite, model: Path, **settings: object) -> Path:
    """Write the settings of a home that may ask `site`, has `feeds` and has read nothing yet."""
    given = {
        "pause_s": 0.0,
        "workers": 1,
        "min_free_gb": 0.0,
        "allow_hosts": [site.host],
        "nlp_model": str(model),
    } | settings
    lines = [f"{name} = {json.dumps(value)}" for name, value in given.items()]
    lines += [f"\n[[feeds]]\nurl = {json.dumps(url)}" for url in feeds]
    if not (home / "warehouse.duckdb").exists():
        shutil.copytree(_unread_home().name, home, dirs_exist_ok=True)
    (home / "onrecord.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return home


@functools.cache
def _unread_home() -> "tempfile.TemporaryDirectory[str]":
    """Make a home that has read nothing: to make one takes a second, and to copy it none."""
    folder: tempfile.TemporaryDirectory[str] = tempfile.TemporaryDirectory()
    Warehouse(Path(folder.name)).prepare()
    return folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command gave."""

    code: int
    raw: bytes  #: stdout
    err: str

    @property
    def out(self) -> str:
        """Stdout as text."""
        return self.raw.decode()

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.raw)


def onrecord(*argv: object, stdin: bytes = b"") -> Said:
    """Run a command in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), write_through=True) for _ in range(2))
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    stdin_before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = main([str(word) for word in argv])
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        sys.stdin = stdin_before
    return Said(code=code, raw=out.buffer.getvalue(), err=err.buffer.getvalue().decode())


def ingest(home: Path, *words: object) -> Said:
    """Run a pass over all feeds of `home`, due or not."""
    return onrecord("ingest", "--home", home, "--json", "--force", *words)


def told(home: Path, table: str, **given: object) -> list[dict[str, Any]]:
    """Return the rows of a table that have the values given, in order of time or title."""
    shown = (home / "published.duckdb").stat()
    found = _told(home, table, (shown.st_ino, shown.st_mtime_ns))
    return [row for row in found if given.items() <= row.items()]


@functools.lru_cache(maxsize=100)
def _told(home: Path, table: str, _shown: tuple[int, int]) -> list[dict[str, Any]]:
    return rows(home, f"from {table} order by {_IN_ORDER.get(table, 'all')}")


def poll_of(home: Path, url: str, number: int = -1) -> dict[str, Any]:
    """Return one of the polls of the feed subscribed as `url`, the last if not told otherwise."""
    return told(home, "polls", feed_id=feed_id_of(url))[number]


def feed_of(home: Path, url: str) -> dict[str, Any]:
    """Return the row of the feed subscribed as `url`."""
    (feed,) = told(home, "feeds", feed_id=feed_id_of(url))
    return feed


def entries_of(home: Path, url: str) -> list[dict[str, Any]]:
    """Return the entries of the feed subscribed as `url`, in order of their titles."""
    return told(home, "entries", feed_id=feed_id_of(url))


def failures_at(home: Path, url: str) -> list[dict[str, Any]]:
    """Return what failed at `url`, first to last."""
    return told(home, "failures", url=url)


def rows(home: Path, sql: str) -> list[dict[str, Any]]:
    """Return what a question of `home` gives."""
    said = onrecord("sql", sql, "--home", home, "--json")
    assert said.code == 0, said.err
    return said.json


def column(home: Path, sql: str) -> list[Any]:
    """Return the one column that a question gives."""
    return [value for row in rows(home, sql) for value in row.values()]
