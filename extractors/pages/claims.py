"""What one layer of a page says about the article: its JSON-LD, its meta tags, its body."""

from dataclasses import dataclass

from extractors.records import Access, PageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Statements as found, unjudged; empty where the layer is silent."""

    is_article: bool = False  #: says of itself that it is one
    titles: tuple[str, ...] = ()  #: best first
    site_names: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()  #: best first
    modified: tuple[str, ...] = ()  #: best first
    description: str | None = None
    canonical: str | None = None
    access: Access = "unknown"
    page_kind: PageKind | None = None
    lang: str | None = None
    text: str = ""  #: the article's text, where it is stated whole
