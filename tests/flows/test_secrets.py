"""Secrets that settings hold are found nowhere else: in no log, table, archive or answer."""

import base64
import gzip
from pathlib import Path

import pytest

from tests.fakes import Reply, ScriptedSite
from tests.press import RAIN, a_feed_of, a_page, column, onrecord, rows, set_up
from warehouse.door import Warehouse
from warehouse.reader import Reader

#: Each stands in a setting alone; the last is how a name and password are sent.
NAMES = ("header", "url", "proxy", "hook")
HEADER, PASSWORD, PROXY, HOOK = (f"canary-{name}-7f3a" for name in NAMES)
SENT = base64.b64encode(f"ada:{PASSWORD}".encode()).decode()
CANARIES = (HEADER, PASSWORD, SENT, PROXY, HOOK)
COMMANDS = (
    ("ingest", "--force"),
    ("ingest", "--force", "--json"),
    ("ingest", "--feed", "no such feed"),
    ("status",),
    ("status", "--json"),
    ("feeds", "list"),
    ("feeds", "list", "--json"),
    ("doctor",),
    ("doctor", "--json"),
    ("metrics",),
    ("alert",),
    ("alert", "--dry-run", "--json"),
    ("ask", "what_failed"),
    ("sql", "from feeds"),
    ("maintain",),
    ("reextract",),
)


@pytest.fixture(scope="module")
def elsewhere():
    with ScriptedSite({"/there": Reply(status=403)}, address="127.0.0.2") as site:
        yield site


@pytest.fixture(scope="module")
def used(tmp_path_factory, standing_press, elsewhere, model):
    """A home whose settings are full of secrets, and all that commands have said of it."""
    press = standing_press
    press.routes |= {
        "/open": lambda seen: (
            a_feed_of([press.url("/rain")])
            if HEADER in seen.headers.get("authorization", "")
            else Reply(status=401)
        ),
        "/rain": a_page("Rain closes the harbour", RAIN),
        "/mirror": lambda seen: Reply(
            status=500, headers={"X-You-Said": seen.headers.get("authorization", "")}
        ),
        "/away": Reply(status=302, headers={"Location": elsewhere.url("/there")}),
        f"/{HOOK}": Reply(status=500),
    }
    home = set_up(
        tmp_path_factory.mktemp("secrets") / "home",
        site=press,
        model=model,
        allow_hosts=[press.host, elsewhere.host],
        alert_url=press.url(f"/{HOOK}"),
        metrics_file="log/onrecord.prom",
    )
    password_at = press.url("/mirror").replace("http://", f"http://ada:{PASSWORD}@")
    with (home / "onrecord.toml").open("a", encoding="utf-8") as file:
        file.write(
            f"""
[[feeds]]
url = "{press.url("/open")}"
headers = {{ Authorization = "Bearer {HEADER}" }}
[[feeds]]
url = "{press.url("/away")}"
headers = {{ Authorization = "Bearer {HEADER}", X-Key = "{HEADER}" }}
[[feeds]]
url = "{password_at}"
[[feeds]]
url = "{press.url("/behind")}"
proxy = "http://ada:{PROXY}@127.0.0.1:9"
[[feeds]]
url = "{press.url("/open").replace("http:", "https:")}"
headers = {{ Authorization = "Bearer {HEADER}" }}
"""
        )
    said = [onrecord(*words, "--home", home) for words in COMMANDS]
    said.append(onrecord("export", home / "export", "--home", home))
    said.append(onrecord("feeds", "export", home / "feeds.opml", "--home", home))
    return home, said


def canaries_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


def test_each_secret_was_used(used, standing_press, elsewhere):
    home, said = used

    assert said[0].code == 0
    assert column(home, "select title from articles") == ["Rain closes the harbour"]
    assert standing_press.asked("/mirror")[0].headers["authorization"] == f"Basic {SENT}"
    assert standing_press.asked("/away")[0].headers["x-key"] == HEADER
    assert standing_press.asked(f"/{HOOK}")
    errors = filter(None, column(home, "select last_error from feeds"))
    reasons = {error.split(":")[0] for error in errors}
    assert reasons == {"http_4xx", "http_5xx", "connect", "tls"}


def test_a_server_that_a_redirect_leads_to_is_told_no_secret(used, elsewhere):
    assert elsewhere.asked("/there")
    assert canaries_in(repr([seen.headers for seen in elsewhere.seen])) == []


def test_no_command_says_a_secret(used):
    _, said = used

    told = [(each.out, each.err) for each in said if canaries_in(each.out + each.err)]

    assert told == []


def test_no_file_of_the_home_but_the_settings_holds_a_secret(used):
    home, _ = used
    files = [path for path in home.rglob("*") if path.is_file() and path.name != "onrecord.toml"]

    found = {
        str(path.relative_to(home)): canaries
        for path in files
        if (canaries := canaries_in(content_of(path)))
    }

    assert {path.suffix for path in files} >= {".duckdb", ".gz", ".log", ".opml", ".prom"}
    assert found == {}


def content_of(path: Path) -> str:
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode("latin-1")


def test_no_column_of_the_warehouse_holds_a_secret(used):
    home, _ = used
    Warehouse(home).publish()

    with Reader(home) as reader:
        tables = reader.answer(
            "select distinct table_name from duckdb_columns() where schema_name = 'main'",
            timeout_s=60,
        ).rows
        told = {
            table: repr(reader.answer(f'from "{table}"', timeout_s=60).rows) for (table,) in tables
        }

    assert {"feeds", "polls", "failures", "fetches"} <= told.keys()
    assert [name for name, text in told.items() if canaries_in(text)] == []


def test_an_address_with_a_password_is_not_added(used, standing_press):
    home, _ = used
    address = standing_press.url("/rain").replace("http://", f"http://ada:{PASSWORD}@")

    said = onrecord("add", address, "--home", home)

    assert said.code == 2
    assert canaries_in(said.out + said.err) == []


def test_a_feed_known_by_an_address_with_a_password_can_be_edited(used):
    home, _ = used
    shown = next(row["url"] for row in rows(home, "from feeds") if row["url"].endswith("/mirror"))

    paused = onrecord("feeds", "pause", shown, "--home", home)
    state = column(home, "select state from feeds where url like '%/mirror'")
    removed = onrecord("feeds", "remove", shown, "--home", home)

    assert (paused.code, state, removed.code) == (0, ["paused"], 0)
    assert PASSWORD not in (home / "onrecord.toml").read_text()
