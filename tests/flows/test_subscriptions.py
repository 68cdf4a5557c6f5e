"""The list of feeds in `onrecord.toml`, edited by commands and by hand."""

import threading
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.errors import SettingsError
from flows.hops import wire_url
from flows.policy import host_key
from flows.subscriptions import (
    Subscription,
    add_subscriptions,
    check_web_url,
    remove_subscriptions,
    set_state,
    subscriptions_from,
)

NORTH, SOUTH, EAST = (f"https://{name}.example/feed" for name in ("north", "south", "east"))
BY_HAND = f"""\
# Ours. Ask Ada before you change this.
pause_s = 2.0   # they are small

# the northern one
[[feeds]]
url = "{NORTH}"   # moved in May
title = "North"

[[feeds]] # the southern one
url = "{SOUTH}"
state = "paused"   # until the autumn
"""


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "onrecord.toml"
    file.write_text(BY_HAND, encoding="utf-8")
    return file


def held(path):
    feeds = tomllib.loads(path.read_text(encoding="utf-8")).get("feeds", [])
    return {each.url: each.state for each in subscriptions_from(feeds, where="here")}


def comments(text):
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


def test_adding_appends_and_leaves_every_line_as_it_was(path):
    added = add_subscriptions(path, [Subscription(url=EAST, title="Ost — „neu“")])

    assert [each.url for each in added] == [EAST]
    assert path.read_text(encoding="utf-8").startswith(BY_HAND)
    assert held(path) == {NORTH: "active", SOUTH: "paused", EAST: "active"}


def test_adding_what_is_there_changes_nothing(path):
    added = add_subscriptions(path, [Subscription(url=NORTH), Subscription(url=NORTH)])

    assert added == []
    assert path.read_text(encoding="utf-8") == BY_HAND


def test_pausing_and_resuming_keep_every_comment(path):
    set_state(path, [NORTH], "paused")
    set_state(path, [SOUTH], "active")

    assert held(path) == {NORTH: "paused", SOUTH: "active"}
    assert comments(path.read_text(encoding="utf-8")) == comments(BY_HAND)


def test_removing_takes_one_feed_and_leaves_the_settings(path):
    remove_subscriptions(path, [NORTH])

    assert held(path) == {SOUTH: "paused"}
    assert path.read_text(encoding="utf-8").startswith("# Ours. Ask Ada")


def test_removing_all_and_adding_one_gives_a_list_of_one(path):
    remove_subscriptions(path, [NORTH, SOUTH])
    add_subscriptions(path, [Subscription(url=EAST)])

    assert held(path) == {EAST: "active"}


@pytest.mark.parametrize(
    "text",
    ["", "feeds = []\n", "pause_s = 1.0", f'feeds = [{{url = "{NORTH}"}}]\n', "# only a remark"],
    ids=["empty", "empty list", "no line end", "inline", "comment"],
)
def test_feeds_can_be_added_to_any_file_that_can_be_read(path, text):
    path.write_text(text, encoding="utf-8")

    add_subscriptions(path, [Subscription(url=EAST, title="East"), Subscription(url=SOUTH)])

    assert {EAST, SOUTH} <= held(path).keys()


def test_line_ends_mode_and_a_link_stay_what_they_are(path, tmp_path):
    path.write_bytes(BY_HAND.replace("\n", "\r\n").encode())
    path.chmod(0o600)
    link = tmp_path / "elsewhere" / "onrecord.toml"
    link.parent.mkdir()
    link.symlink_to(path)

    set_state(link, [NORTH], "paused")

    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes().startswith(b"# Ours. Ask Ada before you change this.\r\n")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_of_commands_at_the_same_time_none_loses_what_another_wrote(path):
    urls = [f"https://paper{number}.example/feed" for number in range(12)]
    threads = [
        threading.Thread(target=add_subscriptions, args=(path, [Subscription(url=url)]))
        for url in urls
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert held(path).keys() == {NORTH, SOUTH, *urls}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    titles=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3),
    paused=st.booleans(),
)
def test_whatever_a_title_says_the_file_can_be_read_again(path, titles, paused):
    path.write_text(BY_HAND, encoding="utf-8")
    new = [
        Subscription(url=f"https://paper{number}.example/", title=title)
        for number, title in enumerate(titles)
    ]

    add_subscriptions(path, new)
    set_state(path, [each.url for each in new], "paused" if paused else "active")

    tables = tomllib.loads(path.read_bytes().decode())["feeds"]
    kept = {each.url: each for each in subscriptions_from(tables, where="here")}
    assert [kept[each.url].title for each in new] == titles


@given(st.one_of(st.text(), st.text().map(lambda text: f"http://{text}")))
def test_a_url_that_is_taken_can_be_put_on_the_wire_and_has_a_host_key(text):
    try:
        check_web_url(text)
    except SettingsError:
        return

    assert host_key(wire_url(text))


@pytest.mark.parametrize(
    "text",
    ["", "example.org", "ftp://example.org/x", "http://", "https:///x", "http://[::1", "file:///etc",
     "http://example.org:99999/", "http://exa mple.org/"],
)  # fmt: skip
def test_what_is_no_web_url_is_refused(text):
    with pytest.raises(SettingsError):
        check_web_url(text)


def test_a_complaint_about_a_feed_leaves_out_its_password():
    table = {"url": "http://ann:s3cret@a.example/feed", "colour": "red"}

    with pytest.raises(SettingsError, match=r"http://a\.example/feed") as refused:
        subscriptions_from([table], where="onrecord.toml")

    assert "s3cret" not in str(refused.value)
