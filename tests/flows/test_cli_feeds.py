"""`init` and `feeds …`, against a site on loopback where one is asked."""

import pytest

from flows.opml import Outline, opml_of, outlines_in
from tests.fakes import Reply
from tests.press import a_feed_of, onrecord, set_up

SITE = Reply(
    headers={"Content-Type": "text/html"},
    body=b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed">'
    b'<link rel="alternate" type="application/atom+xml" href="/more"></head>'
    b"<body><p>The Larkhaven Press</p></body></html>",
)


@pytest.fixture
def home(tmp_path, standing_press, model):
    return set_up(tmp_path / "home", site=standing_press, model=model)


@pytest.fixture
def site(standing_press):
    standing_press.routes |= {
        "/": SITE,
        "/more": a_feed_of([]),
        "/blank": Reply(body=b"<html><body>Nothing.</body></html>"),
    }
    return standing_press


def listed(home):
    said = onrecord("feeds", "list", "--home", home, "--json")
    assert said.code == 0, said.err
    return {feed["url"]: feed for feed in said.json["feeds"]}


def test_init_writes_a_commented_file_that_can_be_read(tmp_path):
    said = onrecord("init", "--home", tmp_path / "new", "--json")

    text = (tmp_path / "new" / "onrecord.toml").read_text(encoding="utf-8")
    assert said.code == 0
    assert text.startswith("#")
    assert len(said.json["feeds"]) >= 3


def test_init_never_overwrites(tmp_path):
    mine = '# mine\n[[feeds]]\nurl = "https://paper.example/feed"\n'
    (tmp_path / "onrecord.toml").write_text(mine, encoding="utf-8")

    said = onrecord("init", "--home", tmp_path, "--json")

    assert said.code == 0
    assert (tmp_path / "onrecord.toml").read_text(encoding="utf-8") == mine
    assert [feed["url"] for feed in said.json["feeds"]] == ["https://paper.example/feed"]


def test_a_feed_is_added_with_its_title_and_once(home, site):
    first = onrecord("feeds", "add", site.url("/feed"), "--home", home)
    again = onrecord("feeds", "add", site.url("/feed"), "--home", home)

    assert (first.code, again.code, first.out) == (0, 0, "")
    assert "subscribed already" in again.err
    assert listed(home)[site.url("/feed")]["title"] == "The Larkhaven Press"
    assert len(listed(home)) == 1


def test_adding_a_site_adds_the_feeds_its_page_links_to(home, site):
    said = onrecord("feeds", "add", site.url("/"), "--home", home, "--json")

    assert said.code == 0
    assert {feed["url"] for feed in said.json["feeds"]} == {site.url("/feed"), site.url("/more")}


def test_a_feed_that_is_down_is_added_with_a_warning(home, site):
    said = onrecord("feeds", "add", site.url("/no-such-feed"), "--home", home)

    assert (said.code, "http_4xx" in said.err) == (0, True)
    assert list(listed(home)) == [site.url("/no-such-feed")]


def test_a_feed_can_be_added_before_there_is_a_home(tmp_path):
    said = onrecord("feeds", "add", "http://127.0.0.1:9/feed", "--home", tmp_path / "new")

    assert said.code == 0
    assert list(listed(tmp_path / "new")) == ["http://127.0.0.1:9/feed"]


def test_a_feed_is_paused_resumed_and_removed_by_url_id_or_title(home, site):
    url = site.url("/feed")
    onrecord("feeds", "add", url, "--home", home)
    feed_id = listed(home)[url]["feed_id"]

    states = []
    for action, name in (("pause", url), ("resume", feed_id), ("pause", "The Larkhaven Press")):
        assert onrecord("feeds", action, name, "--home", home).code == 0
        states.append(listed(home)[url]["state"])
    removed = onrecord("feeds", "remove", url, "--home", home, "--json")

    assert states == ["paused", "active", "paused"]
    assert (removed.code, removed.json) == (0, {"feeds": []})
    assert url not in (home / "onrecord.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("action", ["remove", "pause", "resume"])
def test_a_feed_nobody_knows_is_2_and_changes_nothing(home, action):
    before = (home / "onrecord.toml").read_bytes()

    said = onrecord("feeds", action, "https://paper.example/none", "--home", home)

    assert (said.code, "https://paper.example/none" in said.err) == (2, True)
    assert (home / "onrecord.toml").read_bytes() == before


def test_a_feed_nobody_knows_is_2_for_ingest_as_well(home):
    said = onrecord("ingest", "--feed", "no such feed", "--home", home)

    assert (said.code, "no such feed" in said.err) == (2, True)


def test_what_is_written_by_hand_counts_at_the_next_command(home, site):
    onrecord("feeds", "add", site.url("/feed"), "--home", home)
    before = (home / "published.duckdb").stat().st_mtime_ns
    listed(home)
    unchanged = (home / "published.duckdb").stat().st_mtime_ns
    with (home / "onrecord.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[feeds]]\nurl = "https://paper.example/feed"\nstate = "paused"\n')

    states = {url: feed["state"] for url, feed in listed(home).items()}

    assert unchanged == before
    assert states == {site.url("/feed"): "active", "https://paper.example/feed": "paused"}


def test_discover_prints_the_feeds_of_a_site_and_subscribes_to_none(home, site):
    said = onrecord("feeds", "discover", site.url("/"), "--home", home)
    as_json = onrecord("feeds", "discover", site.url("/"), "--home", home, "--json")

    assert said.code == 0
    assert said.out.splitlines() == [site.url("/feed"), site.url("/more")]
    assert as_json.json == {"feeds": [{"url": url} for url in said.out.splitlines()]}
    assert listed(home) == {}


@pytest.mark.parametrize("path", ["/blank", "/no-such-page"])
def test_discover_that_finds_nothing_is_1(home, site, path):
    said = onrecord("feeds", "discover", site.url(path), "--home", home, "--json")

    assert (said.code, said.json) == (1, {"feeds": []})


def test_feeds_go_out_into_opml_and_come_back(home, site, tmp_path):
    onrecord("feeds", "add", site.url("/feed"), site.url("/more"), "--home", home)
    file = tmp_path / "list.opml"

    exported = onrecord("feeds", "export", file, "--home", home)
    imported = onrecord("feeds", "import", file, "--home", tmp_path / "other", "--json")

    assert (exported.code, imported.code) == (0, 0)
    assert {feed["url"]: feed["title"] for feed in imported.json["feeds"]} == {
        site.url("/feed"): "The Larkhaven Press",
        site.url("/more"): "The Larkhaven Press",
    }


def test_what_can_be_no_feed_is_left_out_of_an_import_and_named(home, tmp_path):
    file = tmp_path / "list.opml"
    file.write_text(
        '<opml version="2.0"><body><outline text="A" xmlUrl="https://paper.example/feed"/>'
        '<outline text="B" xmlUrl="javascript:alert(1)"/></body></opml>',
        encoding="utf-8",
    )

    said = onrecord("feeds", "import", file, "--home", home)

    assert (said.code, "javascript:alert(1)" in said.err) == (0, True)
    assert list(listed(home)) == ["https://paper.example/feed"]


def test_an_import_of_something_else_than_opml_is_2_and_changes_nothing(home, tmp_path):
    file = tmp_path / "list.opml"
    file.write_text("<html><body>no</body></html>", encoding="utf-8")
    before = (home / "onrecord.toml").read_bytes()

    said = onrecord("feeds", "import", file, "--home", home)

    assert said.code == 2
    assert (home / "onrecord.toml").read_bytes() == before


def test_folders_come_in_from_opml_and_go_out_again(home, tmp_path):
    lists = [tmp_path / name for name in ("in.opml", "out.opml", "again.opml")]
    lists[0].write_text(
        "<opml version='1.1'><body><outline text='News'><outline text='North'>"
        "<outline text='A' xmlUrl='https://a.example/feed'/></outline>"
        "<outline text='B' xmlUrl='feed://b.example/feed'/></outline>"
        "<outline text='Later'><outline text='Twice' xmlUrl='https://a.example/feed'/></outline>"
        "<outline xmlUrl='https://c.example/feed'/></body></opml>",
        encoding="utf-8",
    )

    imported = onrecord("feeds", "import", lists[0], "--home", home)
    onrecord("feeds", "export", lists[1], "--home", home)
    onrecord("feeds", "import", lists[1], "--home", tmp_path / "other")
    onrecord("feeds", "export", lists[2], "--home", tmp_path / "other")

    assert "subscribed to 3 of the 3 feeds" in imported.err
    assert [(each.url, each.title, each.folder) for each in outlines_in(lists[1].read_bytes())] == [
        ("https://a.example/feed", "A", ("News", "North")),
        ("http://b.example/feed", "B", ("News",)),
        ("https://c.example/feed", None, ()),
    ]
    assert lists[1].read_bytes() == lists[2].read_bytes()


def test_a_thousand_nested_feeds_go_in_and_come_out(home, tmp_path):
    outlines = [
        Outline(url=f"https://site{n}.example/feed", title=f"Site {n}", folder=(f"F{n // 9}", "G"))
        for n in range(1_000)
    ]
    (tmp_path / "in.opml").write_bytes(opml_of(outlines, title="All"))

    imported = onrecord("feeds", "import", tmp_path / "in.opml", "--home", home, "--json")
    onrecord("feeds", "export", tmp_path / "out.opml", "--home", home)

    assert len(imported.json["feeds"]) == 1_000
    assert outlines_in((tmp_path / "out.opml").read_bytes()) == outlines


def test_headers_and_proxies_are_shown_by_no_command(home, tmp_path):
    secret = "open-sesame"  # noqa: S105
    with (home / "onrecord.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'\n[[feeds]]\nurl = "http://127.0.0.1:9/feed"\nheaders = {{Cookie = "{secret}"}}\n'
            f'proxy = "http://ada:{secret}@proxy.example:3128"\n'
        )

    said = [
        onrecord("feeds", *words, "--home", home, *json)
        for words in (
            ["list"],
            ["export", tmp_path / "list.opml"],
            ["pause", "http://127.0.0.1:9/feed"],
        )
        for json in ([], ["--json"])
    ]

    assert [each.code for each in said] == [0] * 6
    assert secret not in "".join(each.out + each.err for each in said)
    assert secret not in (tmp_path / "list.opml").read_text(encoding="utf-8")
    assert secret in (home / "onrecord.toml").read_text(encoding="utf-8")
