"""`init` and `feeds …`: the home's settings file and its list of feeds."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import SettingsError, WarehouseBusyError
from flows.cli.arguments import Commands, add_command, home_of, settings_of
from flows.cli.output import print_json, print_table, visible
from flows.home import Home
from flows.hops import check_web_url, without_password

if TYPE_CHECKING:
    from flows.discovery import Found
    from flows.opml import Outline
    from flows.subscriptions import State, Subscription

_LISTED = ("feed_id", "state", "title", "url", "last_polled_at", "next_poll_at", "last_error")


def add_to(commands: Commands) -> None:
    """Add the commands to the parser."""
    add_command(
        commands,
        "init",
        _run_init,
        summary="write a commented onrecord.toml with a few feeds; never overwrites",
        examples="  onrecord init\n  onrecord init --home /srv/onrecord",
    )
    parser = commands.add_parser(
        "feeds",
        help="the list of feeds: add, list, remove, pause, resume, discover, import, export",
        description="The list of feeds, which is kept in onrecord.toml.",
        epilog=(
            "examples:\n  onrecord feeds add https://example.org/feed.xml\n  onrecord feeds list"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    for name, run, summary, argument, shown in _ACTIONS:
        action = add_command(
            actions, name, run, summary=summary, examples=f"  onrecord feeds {name} {shown}"
        )
        if argument in ("URL", "F"):
            action.add_argument("feeds", nargs="+", metavar=argument, help=_ARGUMENTS[argument])
        elif argument is not None:
            action.add_argument("target", metavar=argument, help=_ARGUMENTS[argument])


def _run_init(options: argparse.Namespace) -> int:
    home = home_of(options)
    if home.settings_file.exists():
        settings_of(home)  # says so if it does not parse
        _say(f"{home.settings_file} is there already; left as it is")
    else:
        home.path.mkdir(parents=True, exist_ok=True)
        sample = resources.files("flows").joinpath("onrecord.sample.toml").read_bytes()
        with home.settings_file.open("xb") as file:
            file.write(sample)
        _say(f"wrote {home.settings_file}; edit it, then run `onrecord ingest`")
    _sync(home)
    return _show(options, home)


def _run_add(options: argparse.Namespace) -> int:
    from flows.discovery import found_at
    from flows.subscriptions import Subscription, add_subscriptions, web_url

    home = home_of(options)
    settings = settings_of(home)
    given = list(dict.fromkeys(web_url(text) for text in options.feeds))
    for url in given:
        check_web_url(url)
    held = {each.written_url for each in settings.feeds}
    for url in sorted(held.intersection(given)):
        _say(f"{without_password(url)[0]} is subscribed already")
    new: list[Subscription] = []
    for found in found_at([url for url in given if url not in held], home, settings, kind="feed"):
        if found.doubt:
            # Down for the moment, perhaps: the person meant it, and `status` tells how it goes.
            shown, _ = without_password(found.url)
            _say(f"warning: no feed at {shown} just now ({found.doubt}); subscribed anyway")
        _say_left_out(found)
        urls = found.feeds or (found.url,)
        new += [Subscription(url=url, title=found.title) for url in urls]
    for each in add_subscriptions(home.settings_file, new):
        _say(f"subscribed to {without_password(each.url)[0]}")
    _sync(home)
    return _show(options, home)


def _say_left_out(found: "Found") -> None:
    for url in found.left_out:
        _say(f"left out, since it only has comments: {without_password(url)[0]}")


def _run_list(options: argparse.Namespace) -> int:
    home = home_of(options)
    home.must_exist()
    if not _is_shown(home):
        _sync(home)
    rows = _feed_rows(home)
    if options.json:
        print_json({"feeds": rows})
    else:
        print_table(_LISTED, ([row[name] for name in _LISTED] for row in rows))
    return 0


def _run_remove(options: argparse.Namespace) -> int:
    from flows.subscriptions import remove_subscriptions

    return _edit(options, remove_subscriptions)


def _run_pause(options: argparse.Namespace) -> int:
    return _set_state(options, "paused")


def _run_resume(options: argparse.Namespace) -> int:
    return _set_state(options, "active")


def _set_state(options: argparse.Namespace, state: "State") -> int:
    from flows.subscriptions import set_state

    return _edit(options, lambda path, urls: set_state(path, urls, state))


def _edit(options: argparse.Namespace, edit: Callable[[Path, Sequence[str]], None]) -> int:
    from flows.namedfeeds import chosen_feeds

    home = home_of(options)
    home.must_exist()
    settings = settings_of(home)
    ids = chosen_feeds(home, settings, options.feeds) or frozenset()
    edit(home.settings_file, [each.written_url for each in settings.feeds if each.feed_id in ids])
    _sync(home)
    return _show(options, home)


def _run_discover(options: argparse.Namespace) -> int:
    from flows.discovery import found_at
    from flows.subscriptions import web_url

    home = home_of(options)
    url = web_url(options.target)
    check_web_url(url)
    (found,) = found_at([url], home, settings_of(home), kind="page")
    _say_left_out(found)
    if options.json:
        print_json({"feeds": [{"url": url} for url in found.feeds]})
    else:
        for url in found.feeds:
            print(visible(url))
    if found.doubt:
        _say(f"no feed found at {without_password(found.url)[0]} ({found.doubt})")
    return 1 if found.doubt else 0


def _run_import(options: argparse.Namespace) -> int:
    from flows.opml import outlines_in
    from flows.subscriptions import add_subscriptions

    home = home_of(options)
    settings_of(home)
    try:
        content = Path(options.target).read_bytes()
    except OSError as error:
        raise SettingsError(f"cannot read {options.target}: {error.strerror}") from error
    new = list(_usable(outlines_in(content)))
    added = add_subscriptions(home.settings_file, new)
    _say(f"subscribed to {len(added)} of the {len(new)} feeds in {options.target}")
    _sync(home)
    return _show(options, home)


def _usable(outlines: "Iterable[Outline]") -> Iterator["Subscription"]:
    from flows.subscriptions import Subscription

    for each in outlines:
        try:
            check_web_url(each.url)
        except SettingsError as error:
            _say(f"warning: left out: {error}")
        else:
            yield Subscription(url=each.url, title=each.title, folder=each.folder)


def _run_export(options: argparse.Namespace) -> int:
    from flows.opml import Outline, opml_of

    home = home_of(options)
    home.must_exist()
    held = [
        Outline(url=each.url, title=each.title, folder=each.folder)
        for each in settings_of(home).feeds
    ]
    target = Path(options.target)
    try:
        target.write_bytes(opml_of(held, title="On Record"))
    except OSError as error:
        raise SettingsError(f"cannot write {target}: {error.strerror}") from error
    _say(f"wrote {len(held)} feeds to {target}")
    return _show(options, home)


def _show(options: argparse.Namespace, home: Home) -> int:
    """Print the list for `--json`; people have been told on stderr what was done."""
    if options.json:
        print_json({"feeds": _feed_rows(home)})
    return 0


def _feed_rows(home: Home) -> list[dict[str, object]]:
    from flows.cli.output import rows_of
    from flows.showing import PATIENCE_S
    from warehouse.reader import Reader

    with Reader(home.path) as reader:
        answer = reader.lookup("listed_feeds", timeout_s=PATIENCE_S)
    return rows_of(answer.columns, answer.rows)


def _is_shown(home: Home) -> bool:
    """Tell whether the list that readers see is the one in the file."""
    if not home.published.exists():
        return False
    listed = {row["feed_id"]: row for row in _feed_rows(home)}
    feeds = settings_of(home).feeds
    return listed.keys() == {each.feed_id for each in feeds} and all(
        (listed[each.feed_id]["state"] == "paused") == (each.state == "paused")
        and each.title in (None, listed[each.feed_id]["title"])
        and each.outlet in (None, listed[each.feed_id]["outlet"])
        for each in feeds
    )


def _sync(home: Home) -> None:
    """Bring the warehouse's feeds in line with the file and publish; wait if it is busy."""
    from datetime import UTC, datetime

    from flows.subscriptions import feed_from
    from warehouse.door import Warehouse

    settings = settings_of(home)
    warehouse = Warehouse(home.path, lock_wait_s=settings.lock_wait_s)
    try:
        warehouse.sync_feeds([feed_from(each) for each in settings.feeds], now=datetime.now(UTC))
        warehouse.publish()
    except WarehouseBusyError as error:
        _say(f"{error}; the list is written and counts at the next command")


def _say(line: str) -> None:
    print(visible(line), file=sys.stderr)


_ARGUMENTS = {
    "URL": "of a feed, or of a site whose page links to its feeds",
    "F": "a feed's URL, id or title",
    "SITE": "URL of a page",
    "FILE.opml": "the file",
}
_FEED = "https://example.org/feed.xml"
_OPML = "subscriptions.opml"
#: Name, what does it, its summary, the argument it takes, and one as the help shows it.
_ACTIONS: Iterable[tuple[str, Callable[[argparse.Namespace], int], str, str | None, str]] = (
    ("add", _run_add, "subscribe to feeds; a site's page is searched for its feeds", "URL", _FEED),
    ("list", _run_list, "list the feeds and how they are", None, "--json"),
    ("remove", _run_remove, "unsubscribe; what was loaded stays", "F", _FEED),
    ("pause", _run_pause, "poll these feeds no more until resumed", "F", _FEED),
    ("resume", _run_resume, "poll paused feeds again", "F", _FEED),
    (
        "discover",
        _run_discover,
        "print the feeds that a site's page links to",
        "SITE",
        "https://example.org/",
    ),
    ("import", _run_import, "subscribe to the feeds of an OPML file", "FILE.opml", _OPML),
    ("export", _run_export, "write the feeds to an OPML file", "FILE.opml", _OPML),
)
