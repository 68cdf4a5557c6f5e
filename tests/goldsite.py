"""The benchmark's real pages as a site with feeds, on loopback."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from tests.fakes import Reply, ScriptedSite

_HTML = {"Content-Type": "text/html; charset=utf-8"}
_RSS = {"Content-Type": "application/rss+xml; charset=utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSite:
    """Real pages, served."""

    host: str
    feed_urls: tuple[str, ...]  #: a feed a publisher
    gold: tuple[dict[str, Any], ...]  #: the records of gold.jsonl


@contextmanager
def served_gold(bench: Path) -> Iterator[GoldSite]:
    """Serve `pages` of the benchmark folder `bench`: each page, and a feed for each publisher."""
    folder = bench / "pages"
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = tuple(json.loads(line) for line in lines)
    with ScriptedSite() as site:
        by_publisher = defaultdict(list)
        for record in gold:
            page = gzip.decompress((folder / "pages" / f"{record['id']}.html.gz").read_bytes())
            packed = Reply(
                headers=_HTML | {"Content-Encoding": "gzip"}, body=gzip.compress(page, mtime=0)
            )
            site.routes[f"/{record['id']}.html"] = packed
            by_publisher[f"{record['country']}/{record['publisher']}"].append(record)
        for name, records in by_publisher.items():
            site.routes[f"/{name}.xml"] = Reply(headers=_RSS, body=_feed(name, records, site))
        yield GoldSite(
            host=site.host,
            feed_urls=tuple(site.url(f"/{name}.xml") for name in by_publisher),
            gold=gold,
        )


def _feed(name: str, records: Sequence[dict[str, Any]], site: ScriptedSite) -> bytes:
    items = "".join(
        f"<item><title>{escape(record['title'])}</title>"
        f"<link>{site.url('/' + record['id'])}.html</link></item>"
        for record in records
    )
    title = escape(name)
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()
