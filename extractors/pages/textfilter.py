"""Lines that stand in the text of a page and are not part of its article."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.dates import written_time
from extractors.pages.agencies import is_agency_trailer
from extractors.pages.titles import words_of
from extractors.records import Role

#: Invitations to read, follow, subscribe, share, comment; by their first words.
_PROMOTION = re.compile(
    r"^[\W_]*(?:"
    r"read (?:more|also|next|the full|on\b)|more (?:on|from|about|stories|news)\b.{0,60}$"
    r"|(?:also|must) read|see also\b|related\b.{0,40}$|recommended\b.{0,30}$|don[’']t miss\b"
    r"|(?:follow|like|find|join) .{1,60}\bon (?:facebook|twitter|x|instagram|tiktok|youtube|threads"
    r"|bluesky|linkedin|telegram|whatsapp|social)|sign up (?:for|to|here|now)|sign-up\b"
    r"|subscribe (?:to|here|now|today|for)|get (?:the|our|all the) .{0,60}"
    r"(?:newsletter|inbox|app\b|alerts)|(?:our|the|a|your) .{0,40}newsletter.{0,40}$"
    r"|click here\b|tap here\b|watch(?: more| now| the video|:)|listen(?: to the|:| now)"
    r"|download (?:the|our)\b|share (?:this|on|via)|(?:this|the) (?:article|story|report|post)"
    r" (?:was|is|has been|originally|first|appeared)\b.{0,80}(?:publish|appear|updat|produc|writ|"
    r"translat|generat|correct)|(?:advert|anzeige|werbung|publicidad|publicité|pubblicità|reklame"
    r"|annonse|annons|advertisement|advertentie|sponsored)\b.{0,30}$|story continues"
    r"|article content$|(?:quellen?|sources?|fuentes?|fonte|källa|kilde)\s?:.{0,60}$"
    r"|(?:with |additional )?reporting (?:by|from) |editing by |translated by |(?:our"
    r"|its) standards:"
    r"|(?:this|dieser|cet|este|questo) (?:artikel|article|artículo|articolo|beitrag|text) (?:ist"
    r"|war|wurde"
    r"|erschien|est|a été|fue|es|è)\b.{0,80}(?:zuerst|erschien|veröffentlicht|publi|pubblic"
    r"|übersetzt)"
    r"|(?:get|be) in touch\b|for more stories|more:\s|>>"
    r"|copyright\b|all rights reserved|©|got a (?:story|tip)|do you have a story|contact us\b"
    r"|have your say|leave a comment|join the conversation|let us know|please let us know"
    r"|comments? (?:are|is) closed|support (?:our|independent|quality) journalism|photo gallery"
    r"|mehr (?:zum thema|dazu|lesen|aus)\b.{0,40}$|lesen sie (?:auch|mehr|hier|dazu)|lesen sie\b"
    r"|lies auch|auch interessant|das könnte (?:sie|dich|ihnen)|mehr zu(?:m)?\b.{0,40}$"
    r"|jetzt (?:abonnieren|anmelden|testen|lesen)|newsletter\b.{0,60}$|hier geht es zu|zum thema\b"
    r"|folgen sie|folge uns|lire (?:aussi|la suite|également)|à lire (?:aussi|également)|à lire\b"
    r"|abonnez-vous|inscrivez-vous|passer la publicité|voir aussi|la rédaction vous conseille"
    r"|lea también|leer más|lee también|te puede interesar|suscr[ií]bete|sigue (?:a|en|leyendo)\b"
    r"|leggi anche|leggi (?:di più|tutto)|iscriviti|seguici|leia (?:também|mais)|assine\b"
    r"|les også|læs også|läs (?:också|mer)|les mer\b|følg\b.{1,30}\bpå|lees ook|lees meer"
    r"|přečtěte si|čtěte (?:také|též|více)|czytaj (?:także|też|więcej)|читайте (?:также|ещё)"
    r"|ayrıca okuyun|ilginizi çekebilir|xem thêm|もっと読む|関連記事|【関連"
    r")",
    re.IGNORECASE,
)
_PROMOTION_MAX_WORDS = 45
_LABEL_MAX_WORDS = 12
_TITLE_MIN_WORDS = 4
_KICKER_MAX_WORDS = 8
_CREDIT_MAX_CHARS = 200
#: Invitations that may be longer, or stand in the middle of a line; to be searched in lower case,
#: for so the search leaps to where one can begin, which halves the time of all filters.
_PROMOTION_ANYWHERE = re.compile(
    r"sign up (?:for|to) (?:our|the|my)\b|subscribe to our\b|newsletter (?:here|abonn)"
    r"|having issues with commenting|\bto our (?:free )?(?:daily |weekly )?newsletter"
    r"|(?:email|e-mail|mail) (?:me|us|him|her|the author|the reporter) at\b"
    r"|unser(?:en|em)? (?:kostenlosen )?(?:newsletter|whatsapp-kanal)"
    r"|\bearn (?:us )?(?:an? )?(?:affiliate )?commission|receive an? (?:affiliate )?commission"
    r"|newsletter richtig|senden sie uns|melden sie sich bei uns|news-app\b.{0,30}(?:android|ios)"
    r"|il vous reste .{1,20} de cet article|réservée? aux abonnés|tu suscripción se está usando"
    r"|otro usuario a tu suscripción|du musst dich einloggen|kommentar abgeben|有料会員|有料記事"
    r"|기사 url이 복사|log ?in or (?:create|register)|(?:sign|log) in (?:now|to comment)"
    r"|comment on this article|comment policy|would you like to comment",
)
#: "Photo: Jo Doe", "(Image: Agency)", "Jo Doe/Agency Images"
_CREDIT = re.compile(
    r"^[(\[\s©]*(?:(?:photo|image|picture|foto|bild|photograph|photographie|credit"
    r"|crédit(?: photo)?"
    r"|video|illustration|graphic|grafik|imagen|fotos|pictures|images|photos)(?:s|graf|graphs?)?"
    r"(?:\s?(?:credit|by|source))?\s*[:©/].{0,100}"
    r"|[^.!?:()\[\]]{2,60}/(?:\s?[\w .-]{0,30})?(?:Getty|AFP|AP|Reuters|REUTERS|dpa|EPA"
    r"|Shutterstock"
    r"|Imago|IMAGO|Alamy|Bloomberg|Pool|NurPhoto|TT|NTB)[\w ./-]{0,40})[)\].\s]*$"
    r"|^(?:Getty Images|Shutterstock|iStock|Alamy|IMAGO|Reuters|AP Photo|AFP)[\w /.,-]{0,40}$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:by|von|par|por|door|av|af|di|texte?)\s*:?\s+[^\W\d_][^.!?]{2,70}$", re.IGNORECASE
)
_STAMP = re.compile(
    r"^(?:(?:last )?(?:updated|published|posted|modified|first published)|aktualisiert|stand"
    r"|veröffentlicht|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|oppdatert"
    r"|publisert|publicerad|uppdaterad|gepubliceerd|wydano|publikováno)\b.{0,80}\d.{0,40}$"
    r"|^\d{1,2}[:.]\d{2}(?:\s?[ap]m)?$|^\d+\s?(?:min(?:ute)?s?(?: read)?|comments?|shares?)$",
    re.IGNORECASE,
)
_CLOCK_FIRST = re.compile(r"^\d{1,2}:\d{2}(?:\s?[ap]m)?(?:\s[A-Z]{2,5})?,?\s", re.IGNORECASE)
_SPACES_ONLY = re.compile(r"^[\W_]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What else the page holds that may turn up as a line of its text."""

    titles: Collection[str] = ()
    captions: Collection[str] = ()
    authors: Collection[str] = ()
    linked: Collection[str] = field(default=frozenset())  #: texts that are mostly a link


def kept_lines(
    lines: Sequence[tuple[Role, str]], around: Surroundings
) -> Iterator[tuple[Role, str]]:
    """Yield the lines of an article's text, in order, without those that are not part of it."""
    titles = {tuple(words_of(title)) for title in around.titles}
    repeated = {tuple(words_of(text)) for text in (*around.captions, *around.authors)} - {()}
    body_begun = False
    for role, line in lines:
        words = tuple(words_of(line))
        if not words or words in repeated or (not body_begun and _is_title(words, titles)):
            continue
        if line in around.linked or is_boilerplate(line):
            continue
        body_begun = body_begun or (role == "body" and len(words) >= 15)
        yield role, line


def _is_title(words: tuple[str, ...], titles: Collection[tuple[str, ...]]) -> bool:
    """Return whether a line is a title, alone or behind its kicker."""
    if words in titles:
        return True
    return any(
        _TITLE_MIN_WORDS <= len(title) < len(words) <= len(title) + _KICKER_MAX_WORDS
        and words[-len(title) :] == title
        for title in titles
    )


def is_boilerplate(line: str) -> bool:
    """Return whether a line invites, credits, signs or dates instead of telling."""
    if _SPACES_ONLY.match(line) or is_agency_trailer(line):
        return True
    if any(is_a(line) for is_a in (_is_promotion, is_credit, is_byline, is_stamp)):
        return True
    return len(line.split()) <= 60 and _PROMOTION_ANYWHERE.search(line.lower()) is not None


def is_credit(line: str) -> bool:
    """Return whether a line only names who made or owns a picture."""
    return len(line) <= _CREDIT_MAX_CHARS and _CREDIT.match(line) is not None


def is_byline(line: str) -> bool:
    """Return whether a line only names who wrote the article."""
    return len(line.split()) <= _LABEL_MAX_WORDS and _BYLINE.match(line) is not None


def is_stamp(line: str) -> bool:
    """Return whether a line only says when the article was published or updated."""
    if len(line.split()) > _LABEL_MAX_WORDS:
        return False
    return _STAMP.match(line) is not None or (line[:1].isdigit() and _is_time(line))


def _is_time(line: str) -> bool:
    """Return whether a line is a date, or a clock time with zone and date behind it."""
    return written_time(_CLOCK_FIRST.sub("", line)) is not None


def _is_promotion(line: str) -> bool:
    return len(line.split()) <= _PROMOTION_MAX_WORDS and _PROMOTION.match(line) is not None
