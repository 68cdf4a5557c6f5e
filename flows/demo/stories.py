"""The invented outlets and their stories, read from the text files under `site/`.

A story is a file `site/OUTLET/SLUG.txt`: TOML between two lines of `+++`, then blocks separated by
blank lines. The first characters of a block say what it is (see `_SIGNS`); one without a sign is a
paragraph. `SLUG.second.txt` is the same story as the second edition has it.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal

BlockKind = Literal[
    "paragraph", "standfirst", "heading", "figure", "promotion", "moment", "trailer", "comment"
]
Description = Literal["json-ld", "meta", "none"]

_SIGNS: dict[str, BlockKind] = {
    "~": "standfirst",
    "#": "heading",
    "^": "figure",
    ">": "promotion",
    "@": "moment",
    "%": "trailer",
    "!": "comment",
}
#: Of the outlets on the plains, which print no offset.
_PLAINS = timezone(timedelta(hours=-1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a story: its kind, its text, and what stands beside the text."""

    kind: BlockKind
    text: str
    aside: str = ""  #: a figure's credit, a moment's time of day, a comment's author


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An invented article as its outlet holds it, before it is put on a page."""

    slug: str
    title: str
    authors: tuple[str, ...]
    section: str
    published: datetime | date  #: a date alone where the outlet prints only the day
    modified: datetime | None = None
    kind: str = "article"
    agency: str | None = None
    lang: str = "en"
    edition: int = 1  #: the first edition that carries it
    described: Description = "none"  #: how the page describes itself to machines
    tags: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()  #: everybody quoted, as a reader would list them
    blocks: tuple[Block, ...] = ()

    @property
    def published_at(self) -> datetime:
        """The instant of publication: midnight on the plains where only a day is known."""
        if isinstance(self.published, datetime):
            return self.published
        return datetime.combine(self.published, time(), _PLAINS)

    @property
    def updated_at(self) -> datetime:
        """The instant of the last change, or of publication."""
        return self.modified or self.published_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """Something a feed lists that is no article: a dead link, a consent wall."""

    path: str
    title: str
    published: datetime
    status: int
    page: str  #: file under `site/OUTLET/`


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An invented publisher and how its site is built."""

    key: str  #: folder under `site/`
    name: str
    lang: str
    port: int  #: preferred; another is taken where it is busy
    feed_path: str
    feed_type: str
    feed_dates: tuple[str, ...]  #: strftime patterns or "iso", taken in turn
    link_query: str = ""  #: tracking parameters that the feed adds to its links
    guid: str = "$url"
    story_path: str = "/$slug"
    graph: bool = False  #: JSON-LD inside an `@graph`
    broken_feed_path: str | None = None
    patterns: dict[str, str] = field(default_factory=dict)  #: block kind -> HTML
    strays: tuple[Stray, ...] = ()
    stories: tuple[Story, ...] = ()  #: of every edition, unordered


def template_text(outlet: Outlet, name: str) -> str:
    """Return the text of the file `name` of `outlet`."""
    return (_site() / outlet.key / name).read_text(encoding="utf-8")


def shared_text(name: str) -> str:
    """Return the text of the file `name` that all outlets share."""
    return (_site() / name).read_text(encoding="utf-8")


def outlets() -> tuple[Outlet, ...]:
    """Return the outlets with all their stories, by name of folder."""
    folders = sorted((f for f in _site().iterdir() if f.is_dir()), key=lambda f: f.name)
    return tuple(_outlet_from(folder) for folder in folders)


def stories_in(outlet: Outlet, edition: int) -> tuple[Story, ...]:
    """Return what `outlet` carries in `edition` (1 or 2), newest first, each slug once."""
    current: dict[str, Story] = {}
    for story in sorted(outlet.stories, key=lambda s: s.edition):
        if story.edition <= edition:
            current[story.slug] = story
    return tuple(sorted(current.values(), key=lambda s: (s.published_at, s.slug), reverse=True))


def _story_from(slug: str, text: str) -> Story:
    """Return the story written in `text`, the content of one story file."""
    _, front, body = text.split("+++\n", 2)
    given = tomllib.loads(front)
    for key in ("authors", "tags", "speakers"):
        given[key] = tuple(given.get(key, ()))
    return Story(slug=slug, blocks=tuple(_blocks_in(body)), **given)


def _site() -> Traversable:
    return resources.files("flows.demo") / "site"


def _outlet_from(folder: Traversable) -> Outlet:
    given = tomllib.loads((folder / "outlet.toml").read_text(encoding="utf-8"))
    strays = tuple(Stray(**stray) for stray in given.pop("strays", ()))
    stories = tuple(
        _story_from(file.name.split(".")[0], file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".txt")
    )
    dates = tuple(given.pop("feed_dates"))
    return Outlet(key=folder.name, feed_dates=dates, strays=strays, stories=stories, **given)


def _blocks_in(body: str) -> Iterator[Block]:
    for part in body.strip().split("\n\n"):
        sign, _, rest = part.partition(" ")
        kind = _SIGNS.get(sign, "paragraph")
        yield _block_of(kind, part if kind == "paragraph" else rest)


def _block_of(kind: BlockKind, text: str) -> Block:
    if kind == "figure":
        text, _, aside = text.partition(" // ")
    elif kind == "comment":
        aside, _, text = text.partition(": ")
    elif kind == "moment":
        aside, _, text = text.partition(" ")
    else:
        aside = ""
    return Block(kind=kind, text=text, aside=aside)
