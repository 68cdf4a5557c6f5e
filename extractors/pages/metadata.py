"""What a page says about its article, judged: JSON-LD first, then meta tags, then the body."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from lxml.html import HtmlElement

from extractors.dates import WrittenTime, written_time
from extractors.pages.authors import clean_authors
from extractors.pages.claims import Claims
from extractors.pages.jsonld import claims_in_jsonld
from extractors.pages.metatags import claims_in_meta
from extractors.pages.titles import without_site_name, words_of
from extractors.pages.visible import claims_in_body, dates_shown
from extractors.records import Access, Moment, PageKind
from extractors.urls import canonical_url, outlet_of, same_site

#: Before this no page was on the web; a date before it is the epoch or a slip.
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)
_MAX_TITLE_CHARS = 300
_MAX_DATE_CHARS = 30
_TITLE_PART = re.compile(r"\s[|–—·-]\s")
_DATE_IN_PATH = re.compile(
    r"[/_-](?P<year>(?:19|20)\d\d)(?P<mark>[/-]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)"
)
#: Two spellings of one time differ by their zones, at most.
_SAME_TIME = timedelta(hours=26)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of an article besides its text."""

    url: str  #: canonical; empty where nobody knows
    title: str | None
    titles: tuple[str, ...]  #: all that may stand at the head of the text as its title
    descriptions: tuple[str, ...]  #: how the page sums itself up
    authors: tuple[str, ...]
    bylines: tuple[str, ...]  #: every name that any part of the page gives as an author
    published: Moment | None
    modified: Moment | None
    lang_hint: str | None
    access: Access
    page_kind: PageKind | None  #: None where the page does not say
    is_article: bool  #: JSON-LD or meta tags say so
    claimed_text: str  #: the text that JSON-LD holds, as it stands there
    warnings: tuple[str, ...]


def metadata_of(tree: HtmlElement, *, url: str, now: datetime) -> Metadata:
    """Return what the page at `url` says about its article.

    Args:
        tree: whole, scripts and meta elements included.
        url: where the page was in the end; empty where nobody knows.
        now: when it was fetched; later dates are slips.
    """
    layers = (claims_in_jsonld(tree), claims_in_meta(tree), claims_in_body(tree))
    canonical = _canonical(layers, url)
    sites = _site_names(layers, canonical)
    titles = _titles(layers, sites)
    zone = _zone_of(layers)
    published = _time([text for layer in layers for text in layer.published], now, zone)
    if published is None:
        told = (*_dates_in_address(url), *_dates_in_titles(layers), *dates_shown(tree))
        published = _time(told, now, zone)
    modified = _time([text for layer in layers for text in layer.modified], now, zone)
    unsure = [time for time in (published, modified) if time and not time.has_zone]
    return Metadata(
        url=canonical,
        title=titles[0] if titles else None,
        titles=titles,
        descriptions=tuple(layer.description for layer in layers if layer.description),
        authors=_authors(layers, sites),
        bylines=tuple(name for layer in layers for name in clean_authors(layer.authors)),
        published=published.moment if published else None,
        modified=modified.moment if modified else None,
        lang_hint=next((layer.lang for layer in layers if layer.lang), None),
        access=next((layer.access for layer in layers if layer.access != "unknown"), "unknown"),
        page_kind=next((layer.page_kind for layer in layers if layer.page_kind), None),
        is_article=any(layer.is_article for layer in layers),
        claimed_text=layers[0].text,
        warnings=("no_zone",) if unsure else (),
    )


def _canonical(layers: Sequence[Claims], url: str) -> str:
    """Return the address the page gives itself, if it is on the same site and not its front.

    Of a page from nowhere, `url` is empty and what it says is all there is.
    """
    here = canonical_url(url) if url else ""
    for stated in (layers[1].canonical, layers[0].canonical):
        try:
            there = canonical_url(stated or "", base=url) if stated else ""
        except ValueError:
            continue
        if there and not _is_front(there) and (not here or same_site(there, here)):
            return there
    return here


def _is_front(url: str) -> bool:
    return re.fullmatch(r"https?://[^/]+/(?:index\.\w+)?", url) is not None


def _site_names(layers: Sequence[Claims], url: str) -> tuple[str, ...]:
    outlet = outlet_of(url) if url else ""
    stated = [name for layer in layers for name in layer.site_names]
    return (*stated, *filter(None, (outlet, outlet.partition(".")[0], outlet.partition(":")[0])))


def _titles(layers: Sequence[Claims], sites: Sequence[str]) -> tuple[str, ...]:
    """Return every title of the page without the site's name, best first, each once."""
    raw = [title[:_MAX_TITLE_CHARS] for layer in layers for title in layer.titles]
    titles: list[str] = []
    for title in raw:
        others = [other for other in raw if len(other) < len(title)]
        clean = without_site_name(title, sites, others)
        if clean and clean not in titles:
            titles.append(clean)
    return tuple(titles)


def _authors(layers: Sequence[Claims], sites: Sequence[str]) -> tuple[str, ...]:
    """Return the authors of the first layer that names others than the site itself.

    A later layer that names all of these and more is better informed.
    """
    site_words = {"".join(words_of(name)) for name in sites} - {""}
    signed = [clean_authors(layer.authors) for layer in layers]
    persons = [tuple(name for name in names if not _is_site(name, site_words)) for names in signed]
    first = next(filter(None, persons), ())
    if not first:
        return next(filter(None, signed), ())
    return max((names for names in persons if _is_fuller(names, first)), key=len)


def _is_fuller(names: Sequence[str], first: Sequence[str]) -> bool:
    """Return whether `names` has all of `first`, and what is more is not one of them gone on."""
    rest = [name for name in names if name not in first]
    return len(rest) + len(first) == len(names) and not any(
        name.startswith(tuple(first)) for name in rest
    )


def _is_site(name: str, site_words: Collection[str]) -> bool:
    """Return whether a name is a site's, with its agencies or without: "Gazette/dpa"."""
    return "".join(words_of(name.partition("/")[0])) in site_words


def _zone_of(layers: Sequence[Claims]) -> tzinfo | None:
    """Return the offset from UTC in which the page gives its other times, if it gives any."""
    stated = Counter(
        time.moment.at.tzinfo
        for layer in layers
        for text in (*layer.published, *layer.modified)
        if (time := written_time(text)) and time.has_zone and time.moment.precision == "instant"
        if time.moment.at.utcoffset()
    )
    return stated.most_common(1)[0][0] if stated else None


def _time(stated: Iterable[str], now: datetime, zone: tzinfo | None) -> WrittenTime | None:
    """Return the first time stated, in its most exact spelling."""
    times = [time for text in stated if (time := written_time(text, zone or UTC))]
    times = [time for time in times if _EARLIEST <= time.moment.at <= now + _AHEAD]
    if not times:
        return None
    same = [t for t in times if abs(t.moment.at - times[0].moment.at) <= _SAME_TIME]
    return max(same, key=_exactness)  # the first of equals


def _dates_in_address(url: str) -> Iterator[str]:
    for found in _DATE_IN_PATH.finditer(url.partition("?")[0]):
        yield f"{found['year']}-{found['month']}-{found['day']}"


def _dates_in_titles(layers: Sequence[Claims]) -> Iterator[str]:
    """Yield the short parts of titles, the first left out: "Rain in Oslo | Gazette | 3.5.2026"."""
    for title in (title for layer in layers for title in layer.titles):
        parts = _TITLE_PART.split(title[:_MAX_TITLE_CHARS])[1:]
        yield from (part for part in parts if len(part) <= _MAX_DATE_CHARS)


def _exactness(time: WrittenTime) -> tuple[bool, bool]:
    return time.moment.precision == "instant", time.has_zone
