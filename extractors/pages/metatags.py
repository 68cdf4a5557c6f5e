"""What a page's head says about its article, in meta and link elements."""

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml.html import HtmlElement

from extractors.pages.claims import Claims, joint_access
from extractors.records import Access, PageKind

_TITLE = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title")
_SITE = ("og:site_name", "application-name", "publisher", "twitter:site", "article:publisher")
_AUTHOR = (
    "author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author",
    "citation_author", "authors", "cxenseparse:author", "dcterms.creator", "article:author_name",
    "og:article:author", "mrf:authors", "article.author", "article-author", "author_name", "byline",
    "vr:author", "dcsext.author",
)  # fmt: skip
#: The surname comes first in these, a tag for each author.
_BY_SURNAME = frozenset({"citation_author", "dc.creator", "dcterms.creator"})
_TURNED_NAME = re.compile(r"(?P<surname>[^,]{2,40}), (?P<given>[^,]{1,40})")
_PUBLISHED = (
    "article:published_time", "datepublished", "og:published_time", "date", "publish-date",
    "pubdate", "parsely-pub-date", "dc.date", "dc.date.issued", "dcterms.created",
    "sailthru.date", "cxenseparse:recs:publishtime", "publication_date", "article.published",
    "citation_publication_date", "og:article:published_time", "datecreated", "published_at",
    "dcterms.issued", "dcterms.date", "dc.date.created", "article:published", "publishdate",
    "publish_date", "published-date", "published_date", "publication-date", "pub_date",
    "release_date",
    "originalpublicationdate", "article_date_original", "cxenseparse:publishtime", "bt:pubdate",
    "citation_online_date", "article:publish_date", "mrf:publishdate", "dcsext.publishdate",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "datemodified", "og:updated_time", "last-modified", "lastmod",
    "dcterms.modified", "dc.date.modified", "article.updated", "og:article:modified_time",
)  # fmt: skip
_DESCRIPTION = ("og:description", "description", "twitter:description")
_SECTION = (
    "article:section", "og:article:section", "og:section", "parsely-section", "prism.section",
    "articlesection", "cxenseparse:recs:category", "ob:article:section:name", "section",
    "lp:section", "category",
)  # fmt: skip
#: Best first: what was chosen for readers before what was chosen for search engines.
_TAGS = (
    "article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "og:tags", "tags",
    "cxenseparse:keywords", "news_keywords", "keywords",
)  # fmt: skip
_IMAGE = (
    "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src",
    "parsely-image-url", "sailthru.image.full", "cxenseparse:image", "thumbnail", "image",
)  # fmt: skip
_CREDIT = ("source", "article:source", "dc.source", "syndication-source", "news_source")
_TIERS: Mapping[str, Access] = {
    "free": "free", "open": "free", "none": "free", "metered": "metered", "soft": "metered",
    "locked": "locked", "hard": "locked", "paid": "locked", "premium": "locked",
}  # fmt: skip
_IF_FREE: Mapping[str, Access] = {"true": "free", "1": "free", "false": "locked", "0": "locked"}
_IF_PAID: Mapping[str, Access] = {"true": "locked", "1": "locked", "false": "free", "0": "free"}
_ACCESS: Mapping[str, Mapping[str, Access]] = {
    "article:content_tier": _TIERS, "og:article:content_tier": _TIERS, "content_tier": _TIERS,
    "isaccessibleforfree": _IF_FREE, "k5a:paid": _IF_PAID, "article:premium": _IF_PAID,
    "is_premium": _IF_PAID, "paywall": {**_TIERS, **_IF_PAID},
}  # fmt: skip


def claims_in_meta(tree: HtmlElement) -> Claims:
    """Return what meta and link elements say."""
    values = _values(tree)

    def of(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(value for key in keys for value in values.get(key, ()))

    return Claims(
        source="meta",
        is_article=any(value.lower().endswith("article") for value in of(("og:type",))),
        titles=of(_TITLE),
        site_names=of(_SITE),
        authors=tuple(_authors(values)),
        credits=of(_CREDIT),
        published=of(_PUBLISHED),
        modified=of(_MODIFIED),
        description=next(iter(of(_DESCRIPTION)), None),
        canonical=_canonical(tree) or next(iter(of(("og:url",))), None),
        access=joint_access(list(_accesses(values))),
        page_kind=_page_kind(of(("og:type",)), of(("article:opinion",))),
        sections=of(_SECTION),
        tags=next((values[key] for key in _TAGS if key in values), ()),
        images=of(_IMAGE),
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


def _authors(values: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the authors under the first name that has any."""
    key = next((key for key in _AUTHOR if key in values), "")
    for author in values.get(key, ()):
        turned = _TURNED_NAME.fullmatch(author) if key in _BY_SURNAME else None
        yield f"{turned['given']} {turned['surname']}" if turned else author


def _canonical(tree: HtmlElement) -> str | None:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return str(link.get("href"))
    return None


def _lang(tree: HtmlElement) -> str | None:
    root = next(tree.iter("html"), None)
    return None if root is None else root.get("lang") or root.get("xml:lang")


def _accesses(values: Mapping[str, tuple[str, ...]]) -> Iterator[Access]:
    for name, meanings in _ACCESS.items():
        words = map(str.lower, values.get(name, ()))
        yield from (meanings[word] for word in words if word in meanings)


def _page_kind(kinds: Iterable[str], opinion: Iterable[str]) -> PageKind | None:
    if any(kind.lower().startswith("video") for kind in kinds):
        return "video"
    return "opinion" if any(flag.lower() == "true" for flag in opinion) else None
