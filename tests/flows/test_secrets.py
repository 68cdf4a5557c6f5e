"""Nothing that a home keeps, or a command says, has a password or key of its settings in it."""

import base64
import gzip
from itertools import chain

import duckdb
import pytest

from tests.canaries import CANARIES, found_in, keyed, set_up_troubled, trouble
from tests.fakes import ScriptedSite
from tests.press import onrecord


@pytest.fixture(scope="module")
def troubled():
    """A site of which nearly everything fails in a way of its own."""
    with ScriptedSite() as site:
        trouble(site)
        yield site


@pytest.fixture(scope="module")
def said(tmp_path_factory, troubled, model):
    """What commands on such a home said, by their words, and the home."""
    home = set_up_troubled(tmp_path_factory.mktemp("canary") / "home", troubled, model)
    typed = keyed(troubled.url("/nowhere"), "typed")
    exported = home / "exported"
    commands = [
        ("ingest", "--json"),
        ("ingest", "--force"),
        ("add", troubled.url("/echo-page")),
        ("add", typed),
        ("feeds", "discover", typed),
        ("ingest", "--feed", typed),
        ("feeds", "pause", typed),
        ("feeds", "add", keyed(troubled.url("/feed"), "address")),
        ("feeds", "add", keyed(troubled.url("/n o"), "typed").replace("http:", "htp:")),
        ("feeds", "list"),
        ("feeds", "list", "--json"),
        ("feeds", "export", home / "feeds.opml"),
        ("status",),
        ("status", "--json"),
        ("doctor",),
        ("doctor", "--json"),
        ("metrics",),
        ("metrics", "--json"),
        ("alert",),
        ("alert", "--to", typed.replace("http:", "gopher:")),
        ("alert", "--dry-run"),
        ("alert", "--dry-run", "--json"),
        ("ask", "silent_feeds", "--days", "1"),
        ("maintain",),
        ("reextract", "--json"),
        ("export", exported),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_API_AUTH_STRING", CANARIES["auth"])
        patch.setenv("PREFECT_API_KEY", CANARIES["key"])
        told = {
            " ".join(map(str, words)).replace(typed, "TYPED"): onrecord(*words, "--home", home)
            for words in commands
        }
    return home, told


def test_the_secrets_were_used(said, troubled):
    asked = {
        seen.path: seen.headers for path in ("/feed", "/echo") for seen in troubled.asked(path)
    }
    basic = base64.b64encode(f"ann:{CANARIES['address']}".encode()).decode()

    assert asked["/feed"]["authorization"] == f"Basic {basic}"
    assert asked["/echo"]["authorization"] == f"Bearer {CANARIES['echoed']}"
    assert troubled.count("/hook/" + CANARIES["alert"]) >= 2
    assert troubled.count("/status") >= 2


def test_no_command_says_one(said):
    _, told = said

    leaks = {
        words: found
        for words, each in told.items()
        if (found := found_in(each.raw) + found_in(each.err))
    }
    assert leaks == {}, repr(leaks)
    assert "/echo" in told["status"].out
    assert "Traceback" not in "".join(each.err for each in told.values())


def test_no_file_of_the_home_has_one(said):
    home, _ = said

    held = {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.name != "onrecord.toml"
    }
    unpacked = {
        name: gzip.decompress(content) for name, content in held.items() if name.endswith(".gz")
    }
    leaks = {
        name: found
        for name, content in chain(held.items(), unpacked.items())
        if (found := found_in(content))
    }
    assert leaks == {}, repr(leaks)
    assert {"log/onrecord.log", "home.prom", "feeds.opml", "published.duckdb"} <= held.keys()
    assert b"/echo" in held["log/onrecord.log"]
    assert any(b"/rain" in content for content in unpacked.values())


def test_no_row_has_one(said):
    home, _ = said

    rows = {}
    with duckdb.connect(home / "published.duckdb", read_only=True) as db:
        for (table,) in db.execute("select table_name from duckdb_tables()").fetchall():
            rows[table] = repr(db.execute(f'from "{table}"').fetchall())
        for path in (home / "exported").rglob("*.parquet"):
            rows[str(path)] = repr(db.execute("from read_parquet($1)", [str(path)]).fetchall())
    leaks = {name: found for name, text in rows.items() if (found := found_in(text))}
    assert leaks == {}, repr(leaks)
    assert "/echo" in rows["polls"] + rows["feeds"]
    assert any(name.endswith("polls.parquet") for name in rows)
