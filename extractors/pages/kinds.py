"""What kind of article a page is: a live blog, a video, a gallery, an opinion, or none of these."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from extractors.pages.claims import Source
from extractors.pages.metadata import Metadata
from extractors.records import PageKind

#: With this many words it is the text that a page is about, whatever it shows beside it.
_MUCH_TEXT_WORDS = 150
#: What sections are called, and folders of addresses with hyphens for blanks.
_SECTIONS: Mapping[PageKind, frozenset[str]] = {
    "opinion": frozenset({
        "opinion", "opinions", "comment", "comments", "commentary", "editorial", "editorials",
        "leader", "leaders", "leading articles", "op-ed", "op ed", "opeds", "columns", "columnists",
        "column", "letters", "letters to the editor", "viewpoint", "viewpoints", "views",
        "opinion & analysis", "voices", "meinung", "meinungen", "kommentar", "kommentare",
        "kolumne", "kolumnen", "gastkommentar", "gastbeitrag", "leitartikel", "leserbriefe",
        "debatte", "debatten", "opinión", "columnas", "tribuna", "tribunas", "editoriales",
        "cartas al director", "tribune", "tribunes", "idées", "débats", "chroniques", "éditorial",
        "éditoriaux", "opinioni", "commenti", "editoriali", "opinião", "colunas", "colunistas",
        "opinie", "columnisten", "debat", "debatt", "debattinnlegg", "kronikk", "kronikker",
        "ledere", "ledare", "meninger", "mielipide", "mielipiteet", "pääkirjoitukset", "komentarze",
        "felietony", "názory", "komentáře", "мнение", "мнения", "yazarlar", "köşe yazıları", "社説",
        "오피니언", "사설",
    }),
    "live": frozenset({
        "live", "live blog", "live blogs", "liveblog", "liveblogs", "liveticker", "live ticker",
        "live updates", "live coverage", "en direct", "en directo", "en vivo", "diretta", "directo",
    }),
    "video": frozenset({"video", "videos", "vídeo", "vídeos", "wideo", "watch", "mediathek"}),
    "gallery": frozenset({
        "gallery", "galleries", "photo gallery", "photo galleries", "photos", "pictures",
        "in pictures", "fotostrecke", "fotostrecken", "bildergalerie", "bildergalerien", "fotos",
        "diaporama", "diaporamas", "portfolio", "fotogalería", "fotogalerías", "fotogaleria",
        "fotogallery", "galería", "galeria", "foto", "bildspecial",
    }),
}  # fmt: skip
_KINDS: Mapping[str, PageKind] = {name: kind for kind, names in _SECTIONS.items() for name in names}
#: What headlines begin with, set off from the rest.
_HEADLINES: Mapping[PageKind, re.Pattern[str]] = {
    "live": re.compile(
        r"(?:live(?: ?blog| ?ticker| updates?)?|en (?:direct|directo|vivo)|diretta|minuto a minuto)"
        r"\s*[:|–—-]\s|\S.{0,150}[:|–—-]\s(?:live ?blog|live ?ticker|live updates?)$",
        re.IGNORECASE,
    ),
    "opinion": re.compile(
        r"(?:opinion|op-ed|editorial|commentary|kommentar|meinung|kolumne|leitartikel|gastbeitrag"
        r"|opinión|tribuna|tribune|opinioni|ledare|leder|kronikk|debatt)\s*[:|]\s",
        re.IGNORECASE,
    ),
    "gallery": re.compile(
        r"(?:in pictures|pictures of the (?:day|week)|photos|bildergalerie|en images)\s*[:|]\s",
        re.IGNORECASE,
    ),
}


def page_kind_of(metadata: Metadata, words: int) -> tuple[PageKind, Source | None]:
    """Return what kind of article it is and what said so, None where nothing did.

    The page's own word goes first, then the names of its sections, its address, its headline. A
    section of films or pictures makes no video or gallery of a page with much text.

    Args:
        metadata: what the page says about itself.
        words: how many words of text it has.
    """
    much = words >= _MUCH_TEXT_WORDS
    if metadata.page_kind and not (much and metadata.is_kind_of_show):
        return metadata.page_kind, metadata.sources.get("page_kind")
    for source, names in metadata.sections:
        if (kind := _named(names)) and not (much and kind in ("video", "gallery")):
            return kind, source
    folders = unquote(urlsplit(metadata.url).path).lower().split("/")[1:-1]
    if kind := _named(folder.replace("-", " ") for folder in folders):
        return kind, "address"
    for kind, opening in _HEADLINES.items():
        if metadata.title and opening.match(metadata.title):
            return kind, metadata.sources.get("title")
    return "article", None


def is_live(metadata: Metadata) -> bool:
    """Return whether a page is a live blog, however much text it has."""
    return page_kind_of(metadata, 0)[0] == "live"


def _named(names: Iterable[str]) -> PageKind | None:
    return next((_KINDS[key] for name in names if (key := name.casefold()) in _KINDS), None)
