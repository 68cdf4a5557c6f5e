"""What each outlet answers under which path, in the first and in the second edition."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from string import Template

from flows.demo.pages import front_page, path_of, plain_page, story_page
from flows.demo.stories import Outlet, Story, Stray, stories_in, template_text

HTML = "text/html; charset=utf-8"
_ROBOTS = b"User-agent: *\nDisallow: /account/\nDisallow: /search\n"
#: When the parts of the sites that never change were made.
_BUILT = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """An answer as a server keeps it ready."""

    status: int
    content_type: str
    body: bytes
    modified: datetime

    @property
    def etag(self) -> str:
        """A strong validator of the body, in its quotation marks."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def resources_of(outlet: Outlet, origin: str, edition: int) -> Mapping[str, Resource]:
    """Return every path of `outlet` with its answer.

    Args:
        outlet: whose site it is.
        origin: scheme, host and port, as in "http://127.0.0.1:47811"; every link carries it.
        edition: 1 or 2.
    """
    stories = stories_in(outlet, edition)
    answers = {path: _html(body, when) for path, body, when in _pages(outlet, origin, stories)}
    answers["/robots.txt"] = Resource(
        status=200, content_type="text/plain", body=_ROBOTS, modified=_BUILT
    )
    answers[outlet.feed_path] = Resource(
        status=200,
        content_type=outlet.feed_type,
        body=_feed_of(outlet, origin, stories),
        modified=max(story.updated_at for story in stories),
    )
    for stray in outlet.strays:
        body = plain_page(outlet, stray.page, origin)
        answers[stray.path] = _html(body, stray.published, stray.status)
    if outlet.broken_feed_path:
        # As a content system does that reports its own failure under "200 OK".
        answers[outlet.broken_feed_path] = _html(plain_page(outlet, "error.html", origin), _BUILT)
    return answers


def _feed_of(outlet: Outlet, origin: str, stories: Sequence[Story]) -> bytes:
    """Return the feed of `outlet` that lists `stories` and then its strays, in UTF-8."""
    items = [*_story_items(outlet, origin, stories), *_stray_items(outlet, origin)]
    pattern = Template(template_text(outlet, "item.xml"))
    feed = Template(template_text(outlet, "feed.xml")).substitute(
        name=escape(outlet.name),
        origin=origin,
        feed_url=origin + outlet.feed_path,
        updated=max(story.updated_at for story in stories).isoformat(),
        items="".join(pattern.substitute(item) for item in items),
    )
    return feed.encode()


def _html(body: bytes, when: datetime, status: int = 200) -> Resource:
    return Resource(status=status, content_type=HTML, body=body, modified=when)


def _pages(
    outlet: Outlet, origin: str, stories: Sequence[Story]
) -> Iterator[tuple[str, bytes, datetime]]:
    yield "/", front_page(outlet, origin, stories), max(story.updated_at for story in stories)
    for place, story in enumerate(stories):
        # Only older ones, so that a new story changes no page that was there before it.
        older = stories[place + 1 : place + 4]
        page = story_page(story, outlet, origin, older)
        yield path_of(story, outlet), page, story.updated_at


def _story_items(
    outlet: Outlet, origin: str, stories: Sequence[Story]
) -> Iterator[Mapping[str, str]]:
    for story in stories:
        paragraphs = [block.text for block in story.blocks if block.kind == "paragraph"]
        yield _item(
            outlet,
            origin + path_of(story, outlet),
            slug=story.slug,
            title=story.title,
            published=story.published_at,
            updated=story.updated_at,
            summary=paragraphs[0],
            content=f"<p>{escape(paragraphs[0], quote=False)}</p><p>Read on at {outlet.name}.</p>",
            authors=", ".join(story.authors),
        )


def _stray_items(outlet: Outlet, origin: str) -> Iterator[Mapping[str, str]]:
    for stray in outlet.strays:
        yield _item(
            outlet,
            origin + stray.path,
            slug=_last_part(stray),
            title=stray.title,
            published=stray.published,
            updated=stray.published,
            summary=stray.title,
            content=f"<p>{escape(stray.title, quote=False)}</p>",
            authors=outlet.name,
        )


def _last_part(stray: Stray) -> str:
    return stray.path.rsplit("/", 1)[-1]


def _item(
    outlet: Outlet, url: str, *, slug: str, published: datetime, updated: datetime, **texts: str
) -> Mapping[str, str]:
    # The form of date depends on the slug alone: a new item must not re-date the others.
    form = outlet.feed_dates[sum(slug.encode()) % len(outlet.feed_dates)]
    return {
        "url": escape(url + outlet.link_query),
        "guid": escape(Template(outlet.guid).substitute(url=url, slug=slug)),
        "published": _written(published, form),
        "updated": _written(updated, form),
        **{name: escape(text, quote=False) for name, text in texts.items()},
    }


def _written(moment: datetime, form: str) -> str:
    return moment.isoformat() if form == "iso" else moment.strftime(form)
