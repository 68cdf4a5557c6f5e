"""The list of feeds in `onrecord.toml`: read, and edited without losing a comment."""

import base64
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from extractors.errors import SettingsError
from extractors.records import Feed
from extractors.urls import feed_id_of
from flows.exchange import Approach
from flows.feedtable import complaints_about
from flows.hops import check_web_url, without_password
from flows.lockfiles import locked_folder
from warehouse.durably import put

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import AoT, Array, InlineTable, Table

State = Literal["active", "paused"]
_FEED_SCHEME = re.compile("feed:(?://)?", re.IGNORECASE)
_APPROACH_KEYS = tuple(each.name for each in fields(Approach))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A table `[[feeds]]` of the file."""

    url: str
    title: str | None = None
    outlet: str | None = None  #: overrides the outlet that the URL gives
    state: State = "active"
    folder: tuple[str, ...] = ()  #: where it is in a nested list, the outermost first
    approach: Approach = field(default_factory=Approach, repr=False)  # it may hold keys
    secret_url: str | None = field(default=None, repr=False)  #: as written, if with a password

    @property
    def written_url(self) -> str:
        """The address as it stands in the file: not to be shown."""
        return self.secret_url or self.url

    @property
    def feed_id(self) -> str:
        """The feed's id, for ever: the hash of the URL as written."""
        return feed_id_of(self.written_url)


_PLAIN = Subscription(url="")


def subscriptions_from(tables: object, *, where: str) -> tuple[Subscription, ...]:
    """Return the subscriptions in the value of the key `feeds`.

    Raises:
        SettingsError: not tables, an unknown key, a value that does not fit, a URL twice or none.
    """
    if not isinstance(tables, list):
        raise SettingsError(f"{where}: feeds are written as tables [[feeds]], one a feed")
    found = tuple(
        _subscription_from(table, where=where, number=number)
        for number, table in enumerate(tables, start=1)
    )
    counts = Counter(each.written_url for each in found)
    if twice := sorted(without_password(url)[0] for url, count in counts.items() if count > 1):
        raise SettingsError(f"{where}: subscribed twice: {', '.join(twice)}")
    return found


def _subscription_from(table: object, *, where: str, number: int) -> Subscription:
    if not isinstance(table, Mapping) or not isinstance(table.get("url"), str):
        raise SettingsError(
            f'{where}: the table [[feeds]] number {number} needs url = "https://…" with a text'
        )
    check_web_url(table["url"], where=f"{where}: ")
    if wrong := "; ".join(complaints_about(table)):
        raise SettingsError(f"{where}: feed {without_password(table['url'])[0]}: {wrong}")
    approach = {key: value for key, value in table.items() if key in _APPROACH_KEYS}
    own = {key: value for key, value in table.items() if key not in _APPROACH_KEYS}
    own["folder"] = tuple(table.get("folder", ()))
    written = Subscription(**cast("dict[str, Any]", own), approach=Approach(**approach))
    return _with_open_address(written)


def _with_open_address(subscription: Subscription) -> Subscription:
    """Return `subscription` with a name and password out of its address, where all see them.

    They become the header that browsers make of them (RFC 7617), which is shown nowhere.
    """
    url, credentials = without_password(subscription.url)
    if credentials is None:
        return subscription
    basic = "Basic " + base64.b64encode(credentials.encode()).decode()
    approach = subscription.approach
    headers = {"Authorization": basic, **approach.headers}
    open_to = replace(approach, headers=headers)
    return replace(subscription, url=url, approach=open_to, secret_url=subscription.url)


def _written(subscription: Subscription) -> dict[str, object]:
    """Return the keys and values that stand in the file for `subscription`: no defaults."""
    pairs = [
        (each.name, getattr(record, each.name), getattr(default, each.name))
        for record, default in ((subscription, _PLAIN), (subscription.approach, _PLAIN.approach))
        for each in fields(record)
        if each.name not in ("approach", "secret_url")
    ]
    return {name: value for name, value, usual in pairs if value != usual}


def web_url(text: str) -> str:
    """Return the address that `text` stands for: `feed://host/…` is `http://host/…`.

    Source:
        The `feed` URI scheme, an unregistered custom of readers: `feed:https://…` wraps any URL.
    """
    text = text.strip()
    scheme = _FEED_SCHEME.match(text)
    if not scheme:
        return text
    rest = text[scheme.end() :]
    return rest if rest.lower().startswith(("http://", "https://")) else f"http://{rest}"


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
        tables = _tables(document)
        held = {str(table["url"]) for table in tables}
        for each in new:
            if each.url not in held:
                held.add(each.url)
                tables.append(_table_for(each, tables))
                added.append(each)

    _edit(path, edit)
    return added


def _table_for(subscription: Subscription, tables: "AoT | Array") -> "Table | InlineTable":
    """Return `subscription` in the form in which the file has its feeds."""
    import tomlkit
    from tomlkit.items import AoT

    table = tomlkit.table() if isinstance(tables, AoT) else tomlkit.inline_table()
    for key, value in _written(subscription).items():
        if isinstance(value, Mapping):
            table[key] = tomlkit.inline_table()
            table[key].update(value)
        else:
            table[key] = list(value) if isinstance(value, tuple) else value
    return table


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
    with locked_folder(path.parent):
        # As bytes, so that line ends stay what they are.
        before = path.read_bytes().decode() if path.exists() else ""
        if before and not before.endswith("\n"):
            before += "\n"  # tomlkit would put what is new into the last line
        document = tomlkit.parse(before)
        edit(document)
        _replace(path, tomlkit.dumps(document).encode())


def _replace(path: Path, content: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        unfinished = Path(file.name)
        try:
            file.write(content)
            file.flush()
            unfinished.chmod(mode)
            put(unfinished, path)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
