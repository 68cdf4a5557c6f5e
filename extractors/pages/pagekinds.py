"""What kind of page it is, and why it may be no article."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from extractors.pages.htmltree import selector, text_of
from extractors.pages.metadata import Metadata
from extractors.records import Page, PageKind

_CHALLENGE = re.compile(
    r"just a moment|attention required|access denied|are you (?:a )?(?:robot|human)|captcha"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|pardon our interruption|request unsuccessful"
    r"|checking (?:if the site connection is secure|your browser)|security check|bot detection"
    r"|unusual (?:traffic|activity)|enable javascript and cookies to continue|ddos protection",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b404\b|(?:page|article|story|content) (?:was |is |could |can )?(?:not |no longer |cannot )"
    r"(?:be )?(?:found|available|exist)|not found|page (?:doesn[’']t|does not) exist"
    r"|page unavailable"
    r"|seite (?:wurde )?nicht gefunden|nicht (?:mehr )?verfügbar|page (?:introuvable|non trouvée)"
    r"|página no encontrada|pagina non trovata|página não encontrada|pagina niet gevonden"
    r"|siden (?:finnes|findes) ikke|sidan (?:hittades|finns) inte|strona nie (?:istnieje|została)"
    r"|stránka nenalezena|страница не найдена|sayfa bulunamadı|ページが見つかりません",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"we value your privacy|before you continue|(?:accept|allow|agree to) (?:all )?cookies"
    r"|your privacy (?:choices|matters|is important)|we and our (?:\d+ )?partners|consent (?:to|or)"
    r"|cookie (?:consent|settings|preferences|policy)|privacy settings|manage (?:your )?(?:privacy|"
    r"consent|cookies)|datenschutz-?einstellungen|cookies? (?:akzeptieren|zustimmen|zulassen)"
    r"|alle akzeptieren|mit werbung (?:weiter|lesen)|accepter (?:les|et|tous)"
    r"|nous et nos partenaires"
    r"|aceptar (?:todas |todo |y |las )?|accetta (?:tutti|e)|alles accepteren|godta alle"
    r"|acceptér alle",
    re.IGNORECASE,
)
_CONSENT_ADDRESS = re.compile(
    r"//(?:consent|cmp|privacy)[.-]|/(?:consent|cookie-?wall|privacywall)\b"
)
_PAYWALL = re.compile(
    r"subscribe (?:now|today|to (?:continue|read|unlock))|subscribers? only|to continue reading"
    r"|(?:log|sign) in to (?:continue|read)|already a subscriber|this (?:article|content|story) is"
    r" (?:for|only|reserved|exclusive)|unlock this (?:article|story)|become a (?:member|subscriber)"
    r"|(?:jetzt|weiter)(?:lesen| lesen) mit|nur für abonnent|abonnenten|réservé (?:à nos"
    r"|aux) abonnés"
    r"|abonnez-vous|solo (?:para )?suscriptores|suscríbete|riservato agli abbonati|for abonnenter"
    r"|exclusivo para assinantes|alleen voor abonnees|för prenumeranter",
    re.IGNORECASE,
)
_KIND_SEGMENTS: dict[str, PageKind] = {
    "opinion": "opinion", "opinions": "opinion", "commentary": "opinion",
    "editorial": "opinion", "editorials": "opinion", "op-ed": "opinion", "columnists": "opinion",
    "meinung": "opinion", "kommentar": "opinion", "kommentare": "opinion", "tribune": "opinion",
    "tribunes": "opinion", "debate": "opinion", "debatt": "opinion", "leserbriefe": "opinion",
    "letters": "opinion", "live": "live", "live-blog": "live", "liveblog": "live",
    "liveticker": "live", "live-updates": "live", "en-direct": "live", "video": "video",
    "videos": "video", "gallery": "gallery", "galleries": "gallery", "photos": "gallery",
    "pictures": "gallery", "fotostrecke": "gallery", "diaporama": "gallery",
}  # fmt: skip

_TEASERS = selector("//a[h2 or h3 or h4]|//h2[.//a]|//h3[.//a]|//h4[.//a]")
_OTHER_FORMATS = (
    b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"pk\x03\x04", b"\x1f\x8b", b"{", b"[",
    b"<rss", b"<feed", b"<urlset", b"<sitemapindex",
)  # fmt: skip

#: Bytes that no text has, but for one in UTF-16, whose byte order mark tells.
_BINARY = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OPENING_CHARS = 4000
#: A page with this much text is an article, whatever else it says.
_ENOUGH_WORDS = 150
_STUB_WORDS = 60
_FLASH_WORDS = 12
#: An article may tell of consent; a form says it every other line.
_WORDS_AN_ASK = 40
_MANY_TEASERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Impression:
    """A page at first sight."""

    heading: str  #: page title and first headings
    opening: str  #: the first visible text, 4,000 characters
    teasers: int  #: headings that are links
    has_video: bool

    @classmethod
    def of(cls, tree: HtmlElement) -> "Impression":
        """Return the impression that a whole tree makes."""
        heads = [
            text_of(item)[:200] for tag in ("title", "h1") for item in list(tree.iter(tag))[:2]
        ]
        return cls(
            heading=" · ".join(heads),
            opening=_opening(tree),
            teasers=len(_TEASERS(tree)),
            has_video=next(tree.iter("video", "iframe"), None) is not None,
        )


def _opening(tree: HtmlElement) -> str:
    """Return the first visible text, at most 4,000 characters."""
    pieces: list[str] = []
    chars = 0
    for element in next(tree.iter("body"), tree).iter():
        own = "" if element.tag in ("script", "style") else element.text
        for text in filter(None, (own, element.tail)):
            pieces.extend(text.split())
            chars += len(text.strip())
        if chars > _OPENING_CHARS:
            break
    return " ".join(pieces)[:_OPENING_CHARS]


def may_be_html(page: Page) -> bool:
    """Return whether a page may be HTML: by its first bytes, then by what the server says.

    Source:
        WHATWG MIME Sniffing, 7.1, for the bytes that no text has.
    """
    head = page.body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0").lower()
    if head.startswith(_OTHER_FORMATS):
        return False
    kind = (page.header("content-type") or "").partition(";")[0].strip().lower()
    if kind in ("", "text/plain", "application/octet-stream"):
        return page.body.startswith(_UTF_16) or not _BINARY.search(head)
    if "html" in kind:
        return True
    return kind.endswith("xml") and b"<html" in page.body[:4096].lower()


def is_surely_article(metadata: Metadata, words: int) -> bool:
    """Return whether `refusal_of` has nothing to say, however the page looks."""
    return metadata.is_article and words >= _STUB_WORDS


def refusal_of(
    page: Page, metadata: Metadata, impression: Impression, words: int
) -> tuple[str, str] | None:
    """Return reason and detail if `page` is no article, else None.

    Args:
        page: as fetched.
        metadata: what it says about itself.
        impression: how it looks.
        words: how many words of text were found.
    """
    doubtful = words < _ENOUGH_WORDS and not metadata.is_article
    if doubtful and (refusal := _wall(page, impression, words)):
        return refusal
    if _is_index(metadata, impression, words):
        return "index_page", "the page lists articles and is none itself"
    if words < _STUB_WORDS and (refusal := _stub(metadata, impression)):
        return refusal
    if words < _FLASH_WORDS:
        return "empty", f"only {words} words of text were found"
    return None


def page_kind_of(metadata: Metadata) -> PageKind:
    """Return what kind of article it is, by what the page says, else by its address."""
    if metadata.page_kind:
        return metadata.page_kind
    segments = urlsplit(metadata.url).path.lower().split("/")[1:-1]
    return next((_KIND_SEGMENTS[part] for part in segments if part in _KIND_SEGMENTS), "article")


def _wall(page: Page, impression: Impression, words: int) -> tuple[str, str] | None:
    """Return why something other than the page asked for was shown."""
    if _CHALLENGE.search(impression.heading) or _CHALLENGE.search(impression.opening[:600]):
        return (
            "challenge",
            f"the site asks for proof of a human reader: {impression.heading[:80]!r}",
        )
    if _MISSING.search(impression.heading) or _MISSING.search(impression.opening[:300]):
        return "soft_404", f"the site says the page is missing: {impression.heading[:80]!r}"
    asks = len(_CONSENT.findall(impression.opening))
    if _CONSENT_ADDRESS.search(page.final_url) or (asks >= 2 and asks * _WORDS_AN_ASK > words):
        return "consent", "the site shows a consent form in place of the page"
    if _fell_to_front(page):
        return "soft_404", "the site answered with its front page"
    return None


def _fell_to_front(page: Page) -> bool:
    asked, got = urlsplit(page.url).path, urlsplit(page.final_url).path
    return got in ("", "/") and asked not in ("", "/")


def _is_index(metadata: Metadata, impression: Impression, words: int) -> bool:
    if metadata.is_article or metadata.published:
        return False
    front = urlsplit(metadata.url).path in ("", "/")
    many = impression.teasers >= _MANY_TEASERS
    return (front and impression.teasers >= 4) or (many and words < 20 * impression.teasers)


def _stub(metadata: Metadata, impression: Impression) -> tuple[str, str] | None:
    """Return why hardly any text was found, where the page says so."""
    if metadata.access == "locked" or _PAYWALL.search(impression.opening):
        return "paywall", "the text is for subscribers; only its beginning is on the page"
    if metadata.page_kind == "video" or (impression.has_video and not metadata.is_article):
        return "video_only", "the page holds a video and hardly any text"
    return None
