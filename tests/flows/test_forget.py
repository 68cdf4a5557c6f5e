"""`onrecord forget`: no byte of the article stays, nothing else goes, nothing returns."""

import gzip
import json
import re
import shutil
import zlib
from pathlib import Path

import pytest

from flows.archive import read_page
from flows.home import Home
from flows.locks import held_alone, shown_alive
from tests.archived import all_records
from tests.fakes import Reply, ScriptedSite
from tests.killing import killed
from tests.press import (
    BUDGET,
    RAIN,
    STREIK,
    a_page,
    an_item,
    column,
    ingest,
    onrecord,
    rows,
    rss,
    set_up,
)

CANARY = re.compile(rb"(?i)quokka")
SECRET = ("The quokka of Larkhaven swam away on Monday, said the keepers of the zoo.", *RAIN)


def a_newsroom() -> ScriptedSite:
    """A site on which every format of feed lists `/quokka-swims` between others."""
    site = ScriptedSite()
    links = [site.url(path) for path in ("/rain", "/quokka-swims", "/budget")]
    site.routes |= {
        "/rain": a_page("Rain closes the harbour", RAIN),
        "/quokka-swims": a_page("The quokka swims", SECRET),
        "/budget": a_page("Council adopts its budget", BUDGET),
        "/streik": a_page("Fahrer legen die Arbeit nieder", STREIK, lang="de"),
        "/rss": rss(*(an_rss_item(link) for link in links)),
        "/packed": packed(rss(*(an_rss_item(link) for link in links))),
        "/atom": an_atom(links),
        "/json": a_json_feed(links),
    }
    return site


def an_rss_item(link: str) -> str:
    words = "A quokka &amp; all" if "quokka" in link else "A story"
    more = f"<description><![CDATA[<p>{words} </item> of it</p>]]></description>"
    return an_item(link, guid=link, title=f"Story {link[-20:]}", more=more)


def packed(reply: Reply) -> Reply:
    headers = {**reply.headers, "Content-Encoding": "gzip"}
    return Reply(body=gzip.compress(reply.body), headers=headers)


def an_atom(links) -> Reply:
    entries = "".join(
        f'<entry><id>tag:{number}</id><title>Story {link}</title><link href="{link}"/>'
        f'<link rel="related" href="{links[1]}"/><updated>2026-03-01T12:00:00Z</updated></entry>'
        for number, link in enumerate(links)
        if number != 2
    )
    xml = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title>{entries}</feed>'
    return Reply(body=xml.replace("related", "self").encode(), headers={"Content-Type": "text/xml"})


def a_json_feed(links) -> Reply:
    items = [{"id": str(n), "url": link, "content_text": link} for n, link in enumerate(links)]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items}
    return Reply(body=json.dumps(feed).encode(), headers={"Content-Type": "application/json"})


@pytest.fixture(scope="module")
def newsroom():
    with a_newsroom() as site:
        yield site


@pytest.fixture(scope="module")
def read_home(tmp_path_factory, newsroom, model) -> Path:
    feeds = [newsroom.url(path) for path in ("/rss", "/packed", "/json")]
    home = set_up(tmp_path_factory.mktemp("read") / "home", *feeds, site=newsroom, model=model)
    assert ingest(home).code == 0
    return home


@pytest.fixture
def home(read_home, tmp_path) -> Path:
    return Path(shutil.copytree(read_home, tmp_path / "home"))


@pytest.fixture
def secret(newsroom) -> str:
    return newsroom.url("/quokka-swims")


def telling(home: Path) -> list[str]:
    """Return the files of a home that tell of it, packed or not."""
    found = [path for path in home.rglob("*") if path.is_file() and path.name != "onrecord.toml"]
    return [str(path.relative_to(home)) for path in found if CANARY.search(unpacked(path))]


def unpacked(path: Path) -> bytes:
    content = path.read_bytes()
    pieces, rest = [content], content
    while rest.startswith(b"\x1f\x8b"):
        member = zlib.decompressobj(31)
        pieces.append(member.decompress(rest))
        rest = member.unused_data
    return b"".join(pieces + [inflated(piece) for piece in pieces[1:]])


def inflated(record: bytes) -> bytes:
    """Return the body of a record whose server had packed it."""
    start = record.find(b"\x1f\x8b\x08")
    return zlib.decompressobj(31).decompress(record[start:]) if start >= 0 else b""


def traced(home: Path, *, but_not: str = "") -> dict[str, bytes]:
    """Return the page behind each fetch, by its address, as the warehouse points to it."""
    return {
        row["url"]: read_page(home / "archive", row["archive_file"], row["archive_offset"]).body
        for row in rows(home, "from fetches where archive_file is not null")
        if row["url"] != but_not
    }


def test_no_byte_of_it_stays_and_all_else_does(home, secret):
    before, sizes = traced(home), sizes_in(home)
    assert len(telling(home)) >= 3

    done = onrecord("forget", secret, "--home", home, "--json")

    assert (done.code, done.json["articles"], done.json["records"]) == (0, 1, 4)
    assert telling(home) == []
    del before[secret]
    assert traced(home) == before
    sizes_now = sizes_in(home)
    assert {name: sizes_now[name] for name in sizes} == sizes
    assert column(home, "select count(*) from articles") == [2]
    assert len(list(all_records(home / "archive"))) == 5


def sizes_in(home: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in (home / "archive").iterdir()}


def test_the_archive_stays_one_that_others_read(home, secret):
    from warcio.archiveiterator import ArchiveIterator

    onrecord("forget", secret, "--home", home)

    read = 0
    for path in (home / "archive").iterdir():
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
                read += record.rec_type == "response"
    assert 0 < len(list(all_records(home / "archive"))) <= read


def test_it_does_not_come_back(home, secret, newsroom):
    onrecord("forget", secret, "--home", home)
    asked_before = newsroom.count("/quokka-swims")
    links = [newsroom.url(path) for path in ("/rain", "/quokka-swims?utm_source=x", "/streik")]
    site_routes = dict(newsroom.routes)
    newsroom.routes |= {
        "/rss": packed(rss(*map(an_rss_item, links))),
        "/atom": an_atom(links),
        "/json": a_json_feed(links),
        "/moved": Reply(status=301, headers={"Location": secret}),
    }

    passed = ingest(home)
    added = onrecord("add", secret, "--home", home)
    asked_for = newsroom.count("/quokka-swims")
    moved = onrecord("add", newsroom.url("/moved"), "--home", home)
    newsroom.routes.clear()
    newsroom.routes.update(site_routes)

    assert passed.code == 0
    assert (added.code, moved.code) == (1, 1)
    assert "forgotten" in added.err
    assert "forgotten" in moved.err
    assert asked_for == asked_before
    assert telling(home) == []
    assert column(home, "select count(*) from articles") == [3]


def test_a_second_time_says_so_and_an_unknown_address_is_an_error(home, secret):
    first = onrecord("forget", secret, "--home", home)
    second = onrecord("forget", secret, "--home", home)
    unknown = onrecord("forget", "https://gazette.example/never", "--home", home)

    assert (first.code, second.code, unknown.code) == (0, 0, 2)
    assert "forgotten before" in second.out
    assert "nothing is known of" in unknown.err


@pytest.mark.parametrize("lock", ["run_lock", "recheck_lock"])
def test_while_a_run_is_active_nothing_is_forgotten(home, secret, lock):
    with held_alone(getattr(Home(home), lock), "run-active", wait_s=None):
        said = onrecord("forget", secret, "--home", home)

    assert (said.code, "run-active is active" in said.err) == (1, True)
    assert telling(home)


def test_an_addition_is_waited_for(home, secret):
    with shown_alive(Home(home), "run-adding"):
        said = onrecord("forget", secret, "--home", home, "--wait", 0.3)

    assert (said.code, "run-adding is active" in said.err) == (1, True)


@pytest.mark.parametrize(
    "step",
    [
        "flows.tombstones:bury:return",
        "flows.blanking:_rewrite:return",
        "warehouse.forgetting:forget_kept_out:return",
        "warehouse.publish:publish",
    ],
)
def test_killed_anywhere_it_is_done_by_the_same_command(home, secret, step):
    others = set(traced(home)) - {secret}
    code = killed(step, "forget", secret, "--home", home)
    between = set(traced(home, but_not=secret))

    again = onrecord("forget", secret, "--home", home)

    assert code == -9
    assert between == others
    assert again.code == 0
    assert telling(home) == []
    assert set(traced(home)) == others


def test_what_was_set_aside_and_what_the_log_says_of_it_go(home, secret):
    bad = home / "staging" / "bad"
    bad.mkdir(parents=True)
    (bad / "telling.json.gz").write_bytes(gzip.compress(f'{{"url": "{secret}"}}'.encode()))
    (bad / "torn.json.gz").write_bytes(gzip.compress(b"quokka")[:-3])
    (bad / "other.json.gz").write_bytes(gzip.compress(b"{}"))
    log = home / "log" / "onrecord.log"
    log.write_text(f"before url={secret} after\n")

    onrecord("forget", secret, "--home", home)

    assert [path.name for path in bad.iterdir()] == ["other.json.gz"]
    assert log.read_text().startswith(f"before url={'x' * len(secret)} after\n")
