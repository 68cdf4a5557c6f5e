"""Nothing that a home keeps, or a command says, has a password or key of its settings in it."""

import base64
import gzip
import json
from itertools import chain

import duckdb
import pytest

from tests.fakes import Reply, ScriptedSite
from tests.press import RAIN, a_feed_of, a_page, onrecord, set_up

#: Each stands where a secret of its own kind does.
CANARIES = {
    kind: f"Canary{kind.title()}7f3a"
    for kind in (
        "address", "echoed", "reason", "moved", "tls", "dns", "proxy", "agent", "alert", "auth",
        "key", "typed",
    )
}  # fmt: skip
_BASIC = [f"ann:{word}" for word in CANARIES.values()]
#: As it is, and as headers have it behind a name.
NEEDLES = [
    *(word.encode() for word in CANARIES.values()),
    *(base64.b64encode(pair.encode()).rstrip(b"=") for pair in _BASIC),
]


def found_in(content):
    """Return the canaries that are somewhere in `content`, text or bytes."""
    held = content if isinstance(content, bytes) else content.encode()
    return [needle.decode() for needle in NEEDLES if needle in held]


def keyed(url, kind):
    """Return `url` with a name and a canary for a password in front of its host."""
    return url.replace("://", f"://ann:{CANARIES[kind]}@")


def echo(seen):
    """Answer as a server does whose error page shows what it was asked."""
    return Reply(status=500, body=f"Traceback: {dict(seen.headers)}".encode())


def echo_in_status(seen):
    """Answer with the key in the very first line."""
    key = seen.headers.get("authorization", "")
    return Reply(raw=f"HTTP/1.1 500 Bad {key}\r\nContent-Length: 0\r\n\r\n".encode())


@pytest.fixture(scope="module")
def troubled():
    """A site of which nearly everything fails in a way of its own."""
    with ScriptedSite() as site:
        site.routes |= {
            "/feed": a_feed_of([site.url("/rain"), site.url("/echo-page"), site.url("/led")]),
            "/rain": a_page("Rain closes the harbour", RAIN),
            "/echo-page": echo,
            "/led": Reply(status=302, headers={"Location": keyed(site.url("/budget"), "moved")}),
            "/budget": a_page("Rain goes on", RAIN),
            "/echo": echo,
            "/status": echo_in_status,
            "/moved": Reply(status=301, headers={"Location": keyed(site.url("/new"), "moved")}),
            "/new": a_feed_of([site.url("/rain")]),
            "/hook/" + CANARIES["alert"]: echo,
        }
        yield site


def feeds_of(site):
    """Return tables `[[feeds]]` with a secret in every place for one."""
    port = site.url("/").rsplit(":", 1)[1]
    tables = [
        {"url": keyed(site.url("/feed"), "address")},
        {"url": site.url("/echo"), "headers": {"Authorization": f"Bearer {CANARIES['echoed']}"}},
        {"url": site.url("/status"), "headers": {"Authorization": CANARIES["reason"]}},
        {"url": keyed(site.url("/moved"), "moved")},
        {"url": keyed(f"https://127.0.0.1:{port}tls", "tls")},
        {"url": keyed("http://no-such-host.invalid/feed", "dns")},
        {"url": "http://a.example/1", "proxy": keyed("http://127.0.0.1:9", "proxy")},
        {"url": "http://b.example/2", "proxy": keyed(site.url("/").rstrip("/"), "agent")},
    ]
    return "".join(f"\n[[feeds]]\n{_lines(table)}" for table in tables)


def _lines(table):
    def value(given):
        if isinstance(given, dict):
            return (
                "{ "
                + ", ".join(f"{name} = {json.dumps(text)}" for name, text in given.items())
                + " }"
            )
        return json.dumps(given)

    return "".join(f"{name} = {value(given)}\n" for name, given in table.items())


def set_up_troubled(folder, site, model):
    """Write a home with canaries in its settings; return it."""
    home = set_up(
        folder,
        site=site,
        model=model,
        alert_url=site.url("/hook/" + CANARIES["alert"]),
        metrics_file="home.prom",
        timeout_s=5.0,
    )
    with (home / "onrecord.toml").open("a") as file:
        file.write(feeds_of(site))
    return home


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
