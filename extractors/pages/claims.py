"""What one layer of a page says about the article: its JSON-LD, its meta tags, its body."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from extractors.records import Access, PageKind

#: What gave a field: a layer of the page, its address, or the text that was found on it.
Source = Literal["json-ld", "meta", "page", "address", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Statements as found, unjudged; empty where the layer is silent."""

    source: Source
    is_article: bool = False  #: says of itself that it is one
    titles: tuple[str, ...] = ()  #: best first
    site_names: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()  #: who else the text is said to come from
    published: tuple[str, ...] = ()  #: best first
    modified: tuple[str, ...] = ()  #: best first
    description: str | None = None
    canonical: str | None = None
    access: Access = "unknown"
    page_kind: PageKind | None = None
    shows: PageKind | None = None  #: a video or gallery: the kind of a page with hardly any text
    sections: tuple[str, ...] = ()  #: best first
    tags: tuple[str, ...] = ()  #: in order; several may be in one, with commas between
    images: tuple[str, ...] = ()  #: addresses, relative ones as they stand; best first
    lang: str | None = None
    text: str = ""  #: the article's text, where it is stated whole


def joint_access(stated: Collection[Access]) -> Access:
    """Return the access that several statements of one page make together.

    Metered goes first: schema.org knows but free and not free, so a metered page has to call
    itself not free as well. Else the stricter counts: "locked" is said of one article, while
    "free" is what a template says of all.
    """
    order: tuple[Access, ...] = ("metered", "locked", "free")
    return next((access for access in order if access in stated), "unknown")
