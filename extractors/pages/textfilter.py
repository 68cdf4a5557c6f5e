"""Lines that stand in the text of a page and are not part of its article."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.dates import written_time
from extractors.pages.agencies import is_agency_trailer
from extractors.pages.linephrases import NOTE, PROMOTION, REPORTED, invites_anywhere
from extractors.pages.titles import folded_words
from extractors.pages.wordcount import count_words
from extractors.records import Role

#: A line of an article's text, with its part in the article before it.
Line = tuple[Role, str]
#: What a line ends in that tells something, and is no heading or label.
SENTENCE_ENDS = (".", "!", "?", "…", "”", "»", "。")

_PROMOTION_MAX_WORDS = 45
_INVITATION_MAX_WORDS = 60
_LABEL_MAX_WORDS = 12
_CHARS_A_WORD = 12
_TITLE_MIN_WORDS = 4
_KICKER_MAX_WORDS = 8
_CREDIT_MAX_CHARS = 200
_SIGNATURE_MAX_WORDS = 8
_NAME_WORDS = 2
#: "Photo: Jo Doe", "(Image: Agency)", "Jo Doe/Agency Images"
_SOURCE = (
    r"(?-i:\b(?:Getty|GETTY|AFP|AP|Reuters|REUTERS|dpa|EPA|Shutterstock|Imago|IMAGO|imago|Alamy"
    r"|ALAMY|Bloomberg|Pool|POOL|NurPhoto|TT|NTB))"
)
_CREDIT = re.compile(
    r"^[(\[\s©]*(?:(?:photo|image|picture|foto|bild|photograph|photographie|credit"
    r"|crédit(?: photo)?"
    r"|video|illustration|graphic|grafik|imagen|fotos|pictures|images|photos)(?:s|graf|graphs?)?"
    r"(?:\s?(?:credit|by|source))?\s*[:©/].{0,100}"
    rf"|[^.!?:()\[\]]{{2,60}}/(?:\s?[\w .-]{{0,30}})?{_SOURCE}[\w ./-]{{0,40}})[)\].\s]*$"
    r"|^(?:Getty Images|Shutterstock|iStock|Alamy|IMAGO|Reuters|AP Photo|AFP)"
    r"(?:[\s/,-]+(?:(?-i:[A-Z])[\w.-]*|via|for|and))*[\s.]*$",
    re.IGNORECASE,
)
#: "By Jo Doe and Bo Lund", "Von Jo Doe, Lindby", "BY JO DOE | Staff writer"
_BYLINE = re.compile(
    r"^(?:by|von|par|por|door|av|af|di|texte?)\s*:?\s+(?!(?:der|den|dem) (?!redaktion))"
    r"(?:(?:the|our|der|la|el|il) )?"
    r"(?:(?-i:[A-ZÀ-Þ])[\w.’'-]*|(?-i:[^\W\d_a-zA-Z])[\w.’'-]*)"
    r"(?:[\s,&/|]+(?:(?-i:[A-ZÀ-Þ])[\w.’'-]*|and|und|et|y|e|og|och|en|in|at|for|of|the|with|de|da"
    r"|do|dos|del|della|di|van|von|zu|der|den|la|le|al|el|bin|ibn|für|aus|à|du|des))*+"
    r"(?:\s?[,|(–-][^.!?]{0,40})?$",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"^(?:(?:last )?(?:updated|published|posted|modified|first published)|aktualisiert|stand"
    r"|veröffentlicht|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|oppdatert"
    r"|publisert|publicerad|uppdaterad|gepubliceerd|wydano|publikováno)\b"
    r"(?::.{0,80}\d.{0,40}|.{0,80}\d.{0,40}(?<![.!?]))$"
    r"|^\d{1,2}[:.]\d{2}(?:\s?[ap]m)?$|^\d+\s?(?:min(?:ute)?s?(?: read)?|comments?|shares?"
    r"|kommentare?r?"
    r"|commentaires?|comentarios?|comentários?|commenti|reacties|komentář[eů]?|komentarz[ey])$",
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


def kept_lines(lines: Sequence[Line], around: Surroundings) -> Iterator[Line]:
    """Yield the lines of an article's text, in order, without those that are not part of it."""
    titles = {tuple(folded_words(title)) for title in around.titles}
    repeated = {tuple(folded_words(text)) for text in (*around.captions, *around.authors)} - {()}
    names = [name for name in map(folded_words, around.authors) if len(name) >= _NAME_WORDS]
    body_begun = False
    for role, line in lines:
        words = tuple(folded_words(line))
        if not words or words in repeated or (role == "heading" and words in titles):
            continue
        if not body_begun and _is_title(words, titles):
            continue
        if line in around.linked or is_boilerplate(line) or _is_signature(line, words, names):
            continue
        body_begun = body_begun or (role == "body" and len(words) >= 15)
        yield role, line


def _is_title(words: tuple[str, ...], titles: Collection[tuple[str, ...]]) -> bool:
    """Return whether a line is a title, alone or behind its kicker."""
    if words in titles or "".join(words) in {"".join(title) for title in titles}:
        return True  # a kicker may be glued to its title
    return any(
        _TITLE_MIN_WORDS <= len(title) < len(words) <= len(title) + _KICKER_MAX_WORDS
        and words[-len(title) :] == title
        for title in titles
    )


def _is_signature(line: str, words: Sequence[str], names: Collection[Sequence[str]]) -> bool:
    """Return whether a line is a label that holds an author's name: "Jo Doe in Lindby"."""
    if len(words) > _SIGNATURE_MAX_WORDS or line.endswith((".", "!", "?", ":", "…", "”", '"', "»")):
        return False
    spelt = f" {' '.join(words)} "
    return any(f" {' '.join(name)} " in spelt for name in names)


def is_boilerplate(line: str) -> bool:
    """Return whether a line invites, credits, signs or dates instead of telling."""
    if _SPACES_ONLY.match(line) or is_agency_trailer(line):
        return True
    return is_credit(line) or is_byline(line) or is_stamp(line) or _is_promotion(line)


def is_credit(line: str) -> bool:
    """Return whether a line only names who made or owns a picture."""
    return len(line) <= _CREDIT_MAX_CHARS and _CREDIT.match(line) is not None


def is_byline(line: str) -> bool:
    """Return whether a line only names who wrote the article."""
    return _is_within(line, _LABEL_MAX_WORDS) and _BYLINE.match(line) is not None


def is_stamp(line: str) -> bool:
    """Return whether a line only says when the article was published or updated."""
    if not _is_within(line, _LABEL_MAX_WORDS):
        return False
    return _STAMP.match(line) is not None or (line[:1].isdigit() and _is_time(line))


def _is_time(line: str) -> bool:
    """Return whether a line is a date, or a clock time with zone and date behind it."""
    return written_time(_CLOCK_FIRST.sub("", line)) is not None


def _is_promotion(line: str) -> bool:
    if not _is_within(line, _INVITATION_MAX_WORDS):
        return False
    if not (_begins_as_promotion(line) or invites_anywhere(line)):
        return False
    return REPORTED.match(line) is None  # asked last, for it takes the longest


def _begins_as_promotion(line: str) -> bool:
    if not (PROMOTION.match(line) or NOTE.match(line)):
        return False
    return _is_within(line, _PROMOTION_MAX_WORDS)


def _is_within(line: str, words: int) -> bool:
    """Return whether a line has no more words; one without blanks has a word every few letters."""
    return len(line) <= _CHARS_A_WORD * words and count_words(line) <= words
