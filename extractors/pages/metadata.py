"""What a page says about its article, judged: JSON-LD first, then meta tags, then the body."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from lxml.html import HtmlElement

from extractors.pages.authors import clean_authors
from extractors.pages.claims import Claims, Source, joint_access
from extractors.pages.datings import first_time, is_exact, is_unsure, stated_zone, times_told
from extractors.pages.jsonld import claims_in_jsonld
from extractors.pages.metatags import claims_in_meta
from extractors.pages.pictures import images_shown, lead_image_of
from extractors.pages.scripts import claims_in_scripts
from extractors.pages.sourced import Sourced, first_sourced, value_of
from extractors.pages.titles import folded_words, without_decoration, without_site_name
from extractors.pages.topics import section_of, sections_shown, tags_of, tags_shown
from extractors.pages.visible import claims_in_body
from extractors.records import Access, Moment, PageKind
from extractors.urls import canonical_url, outlet_of, same_site
from extractors.zones import zone_of_site

_MAX_TITLE_CHARS = 300
_MAX_TITLES = 100


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
    is_kind_of_show: bool  #: `page_kind` is that of what the page shows, besides its text
    sections: tuple[tuple[Source, tuple[str, ...]], ...]  #: every one that a layer gives
    section: str | None
    tags: tuple[str, ...]
    lead_image: str | None
    credits: tuple[str, ...]  #: who else the text is said to come from
    is_article: bool  #: JSON-LD or meta tags say so
    claimed_text: str  #: the text that JSON-LD holds, as it stands there
    warnings: tuple[str, ...]
    sources: Mapping[str, Source]  #: what gave a field; of those that have a value


def metadata_of(tree: HtmlElement, *, url: str, now: datetime) -> Metadata:
    """Return what the page at `url` says about its article.

    Args:
        tree: whole, scripts and meta elements included.
        url: where the page was in the end; empty where nobody knows.
        now: when it was fetched; later dates are slips.
    """
    layers = (claims_in_jsonld(tree), claims_in_meta(tree), claims_in_body(tree))
    canonical = _canonical(layers, url)
    sites = _site_names(layers, canonical.value)
    site_words = frozenset("".join(folded_words(name)) for name in sites) - {""}
    titles = _titles(layers, sites)
    authors = _authors(layers, site_words)
    zone = stated_zone(layers) or zone_of_site(canonical.value)
    stated = [(layer.source, layer.published) for layer in layers]
    published = first_time(stated, now, zone)
    if _is_nobody(authors, site_words) or published is None or not is_exact(published):
        hidden = claims_in_scripts(tree, titles)
        authors = _authors((*layers, hidden), site_words)
        told = times_told(layers, url, tree)
        published = first_time((*stated, *told, (hidden.source, hidden.published)), now, zone)
    modified = first_time(((layer.source, layer.modified) for layer in layers), now, zone)
    section = first_sourced(
        [*((layer.source, layer.sections) for layer in layers), ("page", sections_shown(tree))],
        lambda names: section_of(names, site_words, titles),
    )
    tags = first_sourced(
        [*((layer.source, layer.tags) for layer in layers), ("page", tags_shown(tree))],
        lambda names: tags_of(tuple(names), site_words, titles),
    )
    lead_image = first_sourced(
        _images(layers, tree), lambda stated: lead_image_of(stated, url or canonical.value)
    )
    access = joint_access([layer.access for layer in layers])
    kind = next((layer.page_kind for layer in layers if layer.page_kind), None)
    return Metadata(
        url=canonical.value,
        title=titles[0] if titles else None,
        titles=titles,
        descriptions=tuple(layer.description for layer in layers if layer.description),
        authors=value_of(authors) or (),
        bylines=tuple(name for layer in layers for name in clean_authors(layer.authors)),
        published=published.value.moment if published else None,
        modified=modified.value.moment if modified else None,
        lang_hint=next((layer.lang for layer in layers if layer.lang), None),
        access=access,
        page_kind=kind or layers[0].shows,
        is_kind_of_show=kind is None,
        sections=tuple((layer.source, layer.sections) for layer in layers),
        section=value_of(section),
        tags=value_of(tags) or (),
        lead_image=value_of(lead_image),
        credits=tuple(name for layer in layers for name in layer.credits),
        is_article=any(layer.is_article for layer in layers),
        claimed_text=layers[0].text,
        warnings=("no_zone",) if is_unsure(published) or is_unsure(modified) else (),
        sources=_plain_sources(layers, access)
        | _sources_of(
            url=canonical if canonical.value else None,
            authors=authors,
            published=published,
            modified=modified,
            section=section,
            tags=tags,
            lead_image=lead_image,
        ),
    )


def _plain_sources(layers: Sequence[Claims], access: Access) -> dict[str, Source]:
    """Return which layer was the first to state what is taken as it stands."""
    options: dict[str, Iterator[Source]] = {
        "title": (layer.source for layer in layers if any(layer.titles)),
        "lang": (layer.source for layer in layers if layer.lang),
        "access": (each.source for each in layers if each.access == access != "unknown"),
        "page_kind": (layer.source for layer in layers if layer.page_kind or layer.shows),
        "credits": (layer.source for layer in layers if layer.credits),
    }
    first = {name: next(sources, None) for name, sources in options.items()}
    return {name: source for name, source in first.items() if source}


def _sources_of(**found: Sourced[object] | None) -> dict[str, Source]:
    return {name: sourced.source for name, sourced in found.items() if sourced}


def _images(layers: Sequence[Claims], tree: HtmlElement) -> Iterator[tuple[Source, Iterable[str]]]:
    """Yield pictures, best first: of meta tags, which are for people who share the article."""
    for source in ("meta", "json-ld"):
        yield from ((layer.source, layer.images) for layer in layers if layer.source == source)
    yield "page", images_shown(tree)


def _canonical(layers: Sequence[Claims], url: str) -> Sourced[str]:
    """Return the address the page gives itself, if it is on the same site and not its front.

    Of a page from nowhere, `url` is empty and what it says is all there is.
    """
    here = canonical_url(url) if url else ""
    for layer in (layers[1], layers[0]):
        try:
            there = canonical_url(layer.canonical, base=url) if layer.canonical else ""
        except ValueError:
            continue
        if there and not _is_front(there) and (not here or same_site(there, here)):
            return Sourced(value=there, source=layer.source)
    return Sourced(value=here, source="address")


def _is_front(url: str) -> bool:
    return re.fullmatch(r"https?://[^/]+/(?:index\.\w+)?", url) is not None


def _site_names(layers: Sequence[Claims], url: str) -> tuple[str, ...]:
    outlet = outlet_of(url) if url else ""
    stated = [name for layer in layers for name in layer.site_names]
    return (*stated, *filter(None, (outlet, outlet.partition(".")[0], outlet.partition(":")[0])))


def _titles(layers: Sequence[Claims], sites: Sequence[str]) -> tuple[str, ...]:
    """Return every title of the page without the site's name, best first, each once."""
    stated = (title[:_MAX_TITLE_CHARS] for layer in layers for title in layer.titles)
    raw = list(islice(stated, _MAX_TITLES))
    titles: list[str] = []
    for title in raw:
        others = [other for other in raw if len(other) < len(title)]
        clean = without_site_name(title, sites, others)
        if clean and clean not in titles:
            titles.append(clean)
    best = [without_decoration(title, layers[1].titles) for title in titles[:1]]
    return tuple(dict.fromkeys((*best, *titles)))


def _authors(
    layers: Sequence[Claims], site_words: Collection[str]
) -> Sourced[tuple[str, ...]] | None:
    """Return the authors of the first layer that names others than the site itself.

    A later layer that names all of these and more is better informed.
    """
    signed = [
        Sourced(value=names, source=layer.source)
        for layer in layers
        if (names := clean_authors(layer.authors))
    ]
    persons = [
        Sourced(value=names, source=names_of.source)
        for names_of in signed
        if (names := tuple(name for name in names_of.value if not _is_site(name, site_words)))
    ]
    if not persons:
        return next(iter(signed), None)
    first = persons[0].value
    fuller = (names for names in persons if _is_fuller(names.value, first))
    return max(fuller, key=lambda names: len(names.value))


def _is_nobody(authors: Sourced[tuple[str, ...]] | None, site_words: Collection[str]) -> bool:
    return authors is None or all(_is_site(name, site_words) for name in authors.value)


def _is_fuller(names: Sequence[str], first: Sequence[str]) -> bool:
    """Return whether `names` has all of `first`, and what is more is not one of them gone on."""
    rest = [name for name in names if name not in first]
    return len(rest) + len(first) == len(names) and not any(
        name.startswith(tuple(first)) for name in rest
    )


def _is_site(name: str, site_words: Collection[str]) -> bool:
    """Return whether a name is a site's, with its agencies or without: "Gazette/dpa"."""
    return "".join(folded_words(name.partition("/")[0])) in site_words
