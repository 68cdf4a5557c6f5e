"""The list of feeds in `onrecord.toml`: read, and edited without losing a comment."""

import fcntl
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from extractors.errors import SettingsError
from extractors.records import Feed
from extractors.urls import feed_id_of
from flows.hops import UnusableUrlError, wire_url

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import AoT, Array

State = Literal["active", "paused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A table `[[feeds]]` of the file."""

    url: str
    title: str | None = None
    outlet: str | None = None  #: overrides the outlet that the URL gives
    state: State = "active"

    @property
    def feed_id(self) -> str:
        """The feed's id, for ever: the hash of this URL."""
        return feed_id_of(self.url)


_KEYS = ("url", "title", "outlet", "state")


def subscriptions_from(tables: object, *, where: str) -> tuple[Subscription, ...]:
    """Return the subscriptions in the value of the key `feeds`.

    Raises:
        SettingsError: not tables, an unknown key, a URL twice or none, an unknown state.
    """
    if not isinstance(tables, list):
        raise SettingsError(f"{where}: feeds are written as tables [[feeds]], one a feed")
    found = tuple(_subscription_from(table, where=where) for table in tables)
    urls = [each.url for each in found]
    if twice := sorted({url for url in urls if urls.count(url) > 1}):
        raise SettingsError(f"{where}: subscribed twice: {', '.join(twice)}")
    return found


def _subscription_from(table: object, *, where: str) -> Subscription:
    if not isinstance(table, Mapping) or not isinstance(table.get("url"), str):
        raise SettingsError(f'{where}: a table [[feeds]] needs url = "https://…", got {table!r}')
    if unknown := table.keys() - set(_KEYS):
        raise SettingsError(f"{where}: feed {table['url']}: unknown keys {sorted(unknown)}")
    if any(not isinstance(value, str) for value in table.values()):
        raise SettingsError(f"{where}: feed {table['url']}: every value is a text in quotes")
    if table.get("state", "active") not in ("active", "paused"):
        raise SettingsError(f"{where}: feed {table['url']}: state is 'active' or 'paused'")
    check_web_url(table["url"], where=f"{where}: ")
    return Subscription(**cast("dict[str, Any]", dict(table)))


def check_web_url(text: str, *, where: str = "") -> None:
    """Raise SettingsError unless a request could be made for `text`.

    Args:
        text: what somebody gave as a URL.
        where: put before the message.
    """
    try:
        wire_url(text)
    except UnusableUrlError as error:
        raise SettingsError(f"{where}{text!r} is not an http(s) URL") from error


def feed_from(subscription: Subscription) -> Feed:
    """Return the Feed to hand to the warehouse for `subscription`."""
    return Feed(
        feed_id=subscription.feed_id,
        url=subscription.url,
        title=subscription.title,
        outlet=subscription.outlet,
        state=subscription.state,
    )


def add_subscriptions(path: Path, new: Sequence[Subscription]) -> list[Subscription]:
    """Append `new` to the file, made if missing; return those that were not there yet."""
    added: list[Subscription] = []

    def edit(document: "TOMLDocument") -> None:
        import tomlkit
        from tomlkit.items import AoT

        tables = _tables(document)
        held = {str(table["url"]) for table in tables}
        for each in new:
            if each.url in held:
                continue
            held.add(each.url)
            table = tomlkit.table() if isinstance(tables, AoT) else tomlkit.inline_table()
            for key in _KEYS:
                value = getattr(each, key)
                if value is not None and (key, value) != ("state", "active"):
                    table[key] = value
            tables.append(table)
            added.append(each)

    _edit(path, edit)
    return added


def remove_subscriptions(path: Path, urls: Collection[str]) -> None:
    """Delete the tables of `urls` from the file."""

    def edit(document: "TOMLDocument") -> None:
        tables = _tables(document)
        for index in reversed(range(len(tables))):
            if str(tables[index]["url"]) in urls:
                del tables[index]

    _edit(path, edit)


def set_state(path: Path, urls: Collection[str], state: State) -> None:
    """Write `state` into the tables of `urls`."""

    def edit(document: "TOMLDocument") -> None:
        for table in _tables(document):
            if str(table["url"]) in urls:
                table["state"] = state

    _edit(path, edit)


def _tables(document: "TOMLDocument") -> "AoT | Array":
    """Return the list of feeds, made if there is none; people may write it inline."""
    import tomlkit

    if not document.get("feeds"):
        document.pop("feeds", None)
        document.append("feeds", tomlkit.aot())
    return cast("AoT | Array", document["feeds"])


def _edit(path: Path, edit: Callable[["TOMLDocument"], None]) -> None:
    """Rewrite the file through `edit`, whole or not at all, one command at a time."""
    import tomlkit

    path = path.resolve()  # a link stays one
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path.parent):
        # As bytes, so that line ends stay what they are.
        before = path.read_bytes().decode() if path.exists() else ""
        document = tomlkit.parse(before)
        edit(document)
        _replace(path, tomlkit.dumps(document).encode())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the kernel's lock of `folder` within the block."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _replace(path: Path, content: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).chmod(mode)
    Path(file.name).replace(path)
