"""The options of a feed in `onrecord.toml`: what may be said, and what is said about the rest."""

import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.errors import SettingsError
from flows.exchange import Approach
from flows.subscriptions import (
    Subscription,
    add_subscriptions,
    remove_subscriptions,
    set_state,
    subscriptions_from,
)

URL = "https://gazette.example/feed"
SECRET = "hunter2"  # noqa: S105  # must be found nowhere
FILES = {
    "none": "",
    "settings only": "pause_s = 2.0\n",
    "tables": f'[[feeds]]\nurl = "{URL}" # ours\n',
    "table in a table": f'[[feeds]]\nurl = "{URL}"\n[feeds.headers] # keys\nX-Key = "1"\n',
    "dotted key": f'[[feeds]]\nurl = "{URL}"\nheaders.X-Key = "1"',
    "inline": f'feeds = [{{url = "{URL}", headers = {{X-Key = "1"}}}}]\n',
    "inline on lines": f'feeds = [\n  {{url = "{URL}"}}, # ours\n]\npause_s = 2.0\n',
}


def read(text):
    return subscriptions_from(tomllib.loads(text).get("feeds", []), where="onrecord.toml")


def a_table(line):
    return f'[[feeds]]\nurl = "{URL}"\n{line}\n'


def test_the_options_of_a_feed_make_its_access():
    (feed,) = read(
        a_table(
            'folder = ["News", "North"]\nuser_agent = "Gazette-Reader"\nverify_tls = false\n'
            'proxy = "http://ada:pass@proxy.example:3128"\n'
            'headers = {Authorization = "Bearer 1", Cookie = "a=b; c=d"}'
        )
    )

    assert feed.folder == ("News", "North")
    assert feed.approach == Approach(
        user_agent="Gazette-Reader",
        headers={"Authorization": "Bearer 1", "Cookie": "a=b; c=d"},
        proxy="http://ada:pass@proxy.example:3128",
        verify_tls=False,
    )


def test_a_feed_without_options_is_asked_as_any_other():
    (feed,) = read(a_table(""))

    assert (feed.approach, feed.folder, feed.approach.verify_tls) == (Approach(), (), True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("title = 1", "title must be a text"),
        ("outlet = true", "outlet must be a text"),
        ('state = "gone"', 'state must be "active" or "paused"'),
        ("state = [1]", 'state must be "active" or "paused"'),
        ('folder = "News"', "folder must be a list of texts"),
        ("folder = [1]", "folder must be a list of texts"),
        ('folder = [" "]', "folder must be a list of texts"),
        ("user_agent = 1", "user_agent must be one line"),
        ('user_agent = ""', "user_agent must be one line"),
        (f'user_agent = "a\\r\\nX: {SECRET}"', "user_agent must be one line"),
        ('verify_tls = "no"', "verify_tls must be true or false"),
        ("verify_tls = 0", "verify_tls must be true or false"),
        (f'proxy = "socks5://ada:{SECRET}@proxy.example"', "proxy must be an http:// or https://"),
        (f'proxy = "ada:{SECRET}@proxy.example:3128"', "proxy must be an http:// or https://"),
        (f'proxy = "http://ada:{SECRET}@"', "proxy must be an http:// or https://"),
        (f'proxy = "http://ada:{SECRET}@proxy.example:x"', "proxy must be an http:// or https://"),
        (f'proxy = "http://proxy.example/{SECRET}"', "proxy must be an http:// or https://"),
        ("proxy = 3128", "proxy must be an http:// or https://"),
        (f'headers = "Cookie: {SECRET}"', "headers must be a table"),
        (f'headers = ["Cookie: {SECRET}"]', "headers must be a table"),
        ("headers = {X-Key = 1}", "headers.X-Key must be one line"),
        (f'headers = {{X-Key = "a\\n{SECRET}"}}', "headers.X-Key must be one line"),
        (f'headers = {{X-Key = ["{SECRET}"]}}', "headers.X-Key must be one line"),
        (f'headers = {{"X Key" = "{SECRET}"}}', "'X Key' cannot be a header's name"),
        (f'headers = {{"X-Key:" = "{SECRET}"}}', "'X-Key:' cannot be a header's name"),
        (f'headers = {{"" = "{SECRET}"}}', "'' cannot be a header's name"),
        ('headers = {host = "a.example"}', "headers.host is set by the program itself"),
        ('headers = {Content-Length = "1"}', "headers.Content-Length is set by the program"),
        ('headers = {TRANSFER-ENCODING = "x"}', "headers.TRANSFER-ENCODING is set by the program"),
        ('headers = {Connection = "close"}', "headers.Connection is set by the program itself"),
        ('headers = {If-None-Match = "1"}', "headers.If-None-Match is set by the program itself"),
        ('headers = {User-Agent = "x"}', "headers.User-Agent has a key of its own: user_agent"),
        ('headers = {Cookie = "1", cookie = "2"}', "headers: given twice: cookie"),
        ('every = "hour"', "unknown keys every; known: url, title"),
        ('title = 1\nproxy = ""', "proxy must be"),
    ],
)  # fmt: skip
def test_a_bad_option_is_told_with_feed_key_and_what_is_expected_but_no_secret(line, said):
    with pytest.raises(SettingsError) as caught:
        read(a_table(line))

    assert str(caught.value).startswith(f"onrecord.toml: feed {URL}: ")
    assert said in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_table_without_a_url_is_told_by_its_number_and_not_shown():
    with pytest.raises(SettingsError, match="number 2 needs url") as caught:
        read(a_table("") + f'[[feeds]]\nheaders = {{Cookie = "{SECRET}"}}\n')

    assert SECRET not in str(caught.value)


def test_no_secret_stands_in_what_a_debugger_or_log_shows():
    (feed,) = read(a_table(f'proxy = "http://{SECRET}@p.example"\nheaders.Cookie = "{SECRET}"'))

    assert SECRET not in repr(feed)


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_a_command_changes_its_feed_and_leaves_the_options_of_all(tmp_path, text):
    path = tmp_path / "onrecord.toml"
    path.write_text(text, encoding="utf-8")
    before = read(text)
    new = Subscription(url="https://east.example/", approach=Approach(headers={"X-Key": "2"}))

    add_subscriptions(path, [new])
    set_state(path, [URL, new.url], "paused")
    set_state(path, [URL, new.url], "active")
    after = read(path.read_text(encoding="utf-8"))
    remove_subscriptions(path, [new.url])
    in_the_end = read(path.read_text(encoding="utf-8"))

    assert after == (*before, new)
    assert in_the_end == before


LINES = st.text(st.characters(codec="utf-8")).filter(lambda text: text.isprintable())
NAMES = st.text(st.characters(codec="utf-8"), max_size=9).filter(str.strip)
SUBSCRIPTIONS = st.builds(
    Subscription,
    url=st.integers(0, 10**6).map(lambda number: f"https://paper{number}.example/feed"),
    title=st.none() | st.text(st.characters(codec="utf-8")),
    outlet=st.none() | NAMES,
    state=st.sampled_from(["active", "paused"]),
    folder=st.lists(NAMES, max_size=4).map(tuple),
    approach=st.builds(
        Approach,
        user_agent=st.none() | LINES.filter(str.strip),
        headers=st.dictionaries(
            st.from_regex(r"X-[A-Za-z0-9!#$%&'*+.^_`|~-]{1,8}", fullmatch=True), LINES, max_size=3
        ).filter(lambda headers: len({name.lower() for name in headers}) == len(headers)),
        proxy=st.none() | st.just("https://ada:%20@proxy.example:8080"),
        verify_tls=st.booleans(),
    ),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.sampled_from(list(FILES.values())),
    new=st.lists(SUBSCRIPTIONS, max_size=4, unique_by=lambda each: each.url),
)
def test_what_is_written_is_what_is_read(tmp_path, text, new):
    path = tmp_path / "onrecord.toml"
    path.write_text(text, encoding="utf-8")

    added = add_subscriptions(path, new)

    assert added == new
    assert read(path.read_bytes().decode()) == (*read(text), *new)
