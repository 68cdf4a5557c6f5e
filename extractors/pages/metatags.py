"""What a page's head says about its article, in meta and link elements."""

from collections.abc import Mapping

from lxml.html import HtmlElement

from extractors.pages.claims import Claims
from extractors.records import Access, PageKind

_TITLE = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title")
_SITE = ("og:site_name", "application-name", "publisher", "twitter:site", "article:publisher")
_AUTHOR = (
    "author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author",
    "citation_author", "authors", "cxenseparse:author", "dcterms.creator", "article:author_name",
    "og:article:author",
)  # fmt: skip
_PUBLISHED = (
    "article:published_time", "datepublished", "og:published_time", "date", "publish-date",
    "pubdate", "parsely-pub-date", "dc.date", "dc.date.issued", "dcterms.created",
    "sailthru.date", "cxenseparse:recs:publishtime", "publication_date", "article.published",
    "citation_publication_date", "og:article:published_time", "datecreated", "published_at",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "datemodified", "og:updated_time", "last-modified", "lastmod",
    "dcterms.modified", "dc.date.modified", "article.updated", "og:article:modified_time",
)  # fmt: skip
_DESCRIPTION = ("og:description", "description", "twitter:description")
_TIER: Mapping[str, Access] = {"free": "free", "metered": "metered", "locked": "locked"}


def claims_in_meta(tree: HtmlElement) -> Claims:
    """Return what meta, link and title elements say."""
    values = _values(tree)

    def of(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(value for key in keys for value in values.get(key, ()))

    return Claims(
        is_article=any(value.lower().endswith("article") for value in of(("og:type",))),
        titles=(*of(_TITLE), *_page_title(tree)),
        site_names=of(_SITE),
        authors=next((values[key] for key in _AUTHOR if key in values), ()),
        published=of(_PUBLISHED),
        modified=of(_MODIFIED),
        description=next(iter(of(_DESCRIPTION)), None),
        canonical=_canonical(tree) or next(iter(of(("og:url",))), None),
        access=next((_TIER[v] for v in of(("article:content_tier",)) if v in _TIER), "unknown"),
        page_kind=_page_kind(of(("og:type",)), of(("article:section",))),
        lang=_lang(tree) or next(iter(of(("og:locale", "content-language"))), None),
    )


def _values(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    """Return the contents of meta elements by lower-case name, in order, without repetitions."""
    values: dict[str, tuple[str, ...]] = {}
    for meta in tree.iter("meta"):
        content = " ".join((meta.get("content") or "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = (meta.get(attribute) or "").strip().lower()
            if key and content and content not in values.get(key, ()):
                values[key] = (*values.get(key, ())[:20], content)
    return values


def _page_title(tree: HtmlElement) -> tuple[str, ...]:
    title = next(tree.iter("title"), None)
    text = "" if title is None else " ".join("".join(title.itertext()).split())
    return (text,) if text else ()


def _canonical(tree: HtmlElement) -> str | None:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return str(link.get("href"))
    return None


def _lang(tree: HtmlElement) -> str | None:
    root = next(tree.iter("html"), None)
    return None if root is None else root.get("lang") or root.get("xml:lang")


def _page_kind(kinds: tuple[str, ...], sections: tuple[str, ...]) -> PageKind | None:
    if any(kind.lower().startswith("video") for kind in kinds):
        return "video"
    opinion = {"opinion", "opinions", "commentary", "op-ed", "editorial", "meinung", "opinión"}
    return "opinion" if any(section.lower() in opinion for section in sections) else None
