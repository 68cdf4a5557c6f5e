"""The part of a line of plain text that it shows by itself, wherever it stands."""

import re

from extractors.pages.agencies import is_agency_trailer
from extractors.pages.textfilter import is_boilerplate, is_byline, is_credit, is_stamp
from extractors.records import Role

_CAPTION_MAX_WORDS = 130
_LABEL_MAX_WORDS = 14
_NOTE_MAX_WORDS = 60

_SOURCES = (
    r"(?:Getty|AFP|AP|Reuters|REUTERS|dpa|EPA|Shutterstock|iStock|Imago|IMAGO|Alamy|Bloomberg|PA"
    r"|Pool|NurPhoto|Anadolu|ANSA|EFE|AAP|Xinhua|Sipa|SIPA|Zuma|ZUMA|Keystone|Flickr|Wikimedia)"
)
_CAPITALISED = r"[A-ZÀ-Þ][\w.’'-]*"
_NAMES = rf"{_CAPITALISED}(?: (?:{_CAPITALISED}|de|van|von|der|al|bin|of|the|for|and|&)){{0,6}}"
#: "… in Chisinau. (AP Photo/Jo Doe, Pool)", "… (Jo Doe/Agency Images)", "… Photo: Jo Doe"
_CREDITED = re.compile(
    r"[(\[](?:[^()\[\]]{0,40}\b(?:photo|photograph|image|picture|foto|file pic|screenshot"
    r"|screengrab|courtesy)s?\b[^()\[\]]{0,80}"
    rf"|[^()\[\]]{{1,60}}/\s?[^()\[\]]{{0,30}}\b{_SOURCES}\b[^()\[\]]{{0,40}}"
    rf"|(?:[^()\[\]]{{1,40}}\bvia\s)?{_SOURCES} (?:Images|Photo|Pool)[^()\[\]]{{0,30}}"
    r"|©[^()\[\]]{1,80})[)\]][\s.]*$"
    r"|(?:^|(?-i:\b(?=[A-Z])))(?:photo(?:graph)?|image|picture|credit|foto)s?(?: by| credit)?: ?"
    r"(?-i:[A-ZÀ-Þ©@])[^.:]{2,60}\.?$",
    re.IGNORECASE,
)
#: "… (Jo Doe/The Gazette)", "… | Photo by Jo Doe", "… REUTERS/Jo Doe"
_SIGNED = re.compile(
    rf"\({_CAPITALISED}(?: {_CAPITALISED}){{1,3}}/{_CAPITALISED}[^()/]{{0,40}}\)[\s.]*$"
    rf"|[.|–—-]\s*(?:[Pp]hoto(?:graph)?|[Ii]mage|[Pp]icture)s? by {_NAMES}\.?$"
    rf"|[.,]\s+(?:REUTERS|AP Photo|AFP|EPA)/{_NAMES}(?:/[\w ]{{2,20}})?\.?$"
)
#: "ZOLOTE, UKRAINE - DECEMBER 12: on …", "FILE PHOTO: …"
_DATED = re.compile(
    r"^(?:[A-ZÀ-Þ][A-ZÀ-Þ.,’' -]{2,60}\s[-–—]\s(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
    r"[A-Z]*\.? \d{1,2}(?:, \d{4})?\s?:|FILE(?: PHOTO| IMAGE)?\s?[-–—:]\s)"
)
_CAPTION = re.compile(
    r"^(?:pictured|above|below|file photo|photo|image|(?:image |photo )?caption)\s?[:(]"
    r"|^image caption,|^\([LR](?:-[LR])?\)\s|^\(from l(?:eft)?\b[^()]*\)\s",
    re.IGNORECASE,
)
#: "Image source, Agency", "Photo by Jo Doe", "Credit...Jo Doe for The Gazette", "Oslo (ANSA)"
_CREDIT = re.compile(
    r"^(?:[Ii]mage source,|[Cc]redit\s?(?:\.\.\.|…))\s?\S.{0,80}$"
    rf"|^(?:[Pp]hoto(?:graph)?|[Ii]mage|[Pp]icture)s? (?:by|from|via|courtesy of):? {_NAMES}"
    rf"(?:[/,|] ?{_NAMES})*\.?$|^[Cc]ourtesy (?:of )?(?:the )?{_NAMES}\.?$"
)
_PLACED_AGENCY = re.compile(
    rf"^{_CAPITALISED}[^.!?()]{{0,50}}(?P<sign>\([A-Z][\w ]{{1,20}}\))\s?[-–—]?$"
)
#: "Words by Ada Quill", "Ada Quill, Staff Writer", "Ada Quill in Oslo"
_BYLINE = re.compile(
    r"^(?:photographs|interview|words|story|reporting|report|analysis|opinion|review|video|graphics"
    r"|illustrations?|compiled|edited|written|translated|text|reportage)"
    rf" (?:and [a-z]+ )?by:? (?-i:{_NAMES})(?:[,|] ?[\w ]{{2,40}})*$"
    r"|^(?-i:[A-ZÀ-Þ])[^.!?:]{2,40}, (?:(?:senior|chief|special|political|foreign|staff"
    r"|deputy|sports|business|science|health) ){0,3}"
    r"(?:staff|writer|reporter|editor|correspondent|columnist|contributor)(?: in [\w ]{2,30})?$",
    re.IGNORECASE,
)
_BY = re.compile(rf"^(?:By|BY) {_NAMES}(?:\s?[,|(–-][^.!?]{{0,60}}| \w+ [^.!?]{{0,20}})?$")
#: Buttons and labels, whole.
_LABEL = re.compile(
    r"(?:share|facebook|twitter|x|e-?mail|print|whatsapp|linkedin|reddit|pinterest|tweet|flipboard"
    r"|telegram|messenger|bluesky|threads|copy link|save|reply|like|(?:view |show |\d+ )?comments?"
    r"|teilen|drucken|merken|kommentare|partager|imprimer|commentaires|compartir|condividi|delen"
    r"|(?:previous|next)(?: post| article| story)?|back to top|(?:load|show|see) more|loading\W*"
    r"|skip to (?:main )?content|menu|search|home|log in|sign in|subscribe|close|advertisement"
    r"|explore more on these topics|more on this story|continue reading(?: below)?)",
    re.IGNORECASE,
)
_FILED = re.compile(
    r"^(?:filed under|tags?|topics?|keywords|categor(?:y|ies)|posted in|schlagwörter|themen"
    r"|mots[- ]clés|etiquetas|trefwoorden)\s?:",
    re.IGNORECASE,
)
#: What an outlet says about the article, or asks of the reader, in whole sentences.
_NOTE = re.compile(
    r"^\(?this (?:article|story|report|piece|post|version) (?:(?:was|has been)"
    r" (?:\w+ ){0,2}(?:amended|revised|updated|corrected|published|changed|edited|produced"
    r"|translated|republished|generated)|(?:first |originally )?appear(?:s|ed)) "
    r"|^\(?the (?:article|story|report|piece|post) (?:was )?(?:first|originally) \w+ed\b"
    r"|^\(?the (?:article|story|piece|post) (?:was|has been) (?:\w+ )?(?:amended|republished)\b"
    r"|\ban earlier version of this (?:article|story)\b"
    r"|\bcontributed (?:reporting\b|to this (?:report|story|article)\W*$)"
    r"|^\(?(?:additional |with )?(?:reporting|writing|editing|compiled|graphics?)"
    rf" by (?-i:{_NAMES})(?:[,;.(]|$)"
    r"|^(?:follow [^.!?]{2,80}|like us) on"
    r" (?:facebook|twitter|x|instagram|bluesky|threads|linkedin)\b"
    r"|having (?:issues|trouble|problems) with commenting"
    r"|^to (?:post a comment\b|comment(?:,| on this (?:article|story)))"
    r"|^(?:have|got) (?:a|any) (?:story|tip|news|question|comment)s?\b[^.!?]{0,60}\?"
    r"|^(?:e-?mail|contact|write to|reach)\b.{0,80}\S@\S",
    re.IGNORECASE,
)
#: A line with one of these may quote somebody: what it says is not the outlet's own.
QUOTED = re.compile('["“”„«»‘]')
#: A line with one of these and a full stop tells something, whatever it begins with.
_TELLS = re.compile(
    r"\b(?:was|were|had|said|says|told|would|could|did|does|came|went|rose|fell|took|takes?|warned"
    r"|declined|refused|asked|wants?|wrote|sent|paid|lost|won|became|began|remains?|dropped)\b"
    r".*[.!?]$"
)


def firm_role(line: str) -> Role | None:
    """Return the role that a line shows by itself; None for what its place decides.

    Args:
        line: with single blanks.
    """
    if _is_note(line):
        return "boilerplate"
    if _is_caption(line):
        return "credit" if _is_credit(line) else "caption"
    return None if _TELLS.search(line) else _label_role(line)


def _label_role(line: str) -> Role | None:
    if _is_credit(line):
        return "credit"
    if _is_byline(line):
        return "byline"
    is_invitation = not QUOTED.search(line) and is_boilerplate(line)
    return "boilerplate" if is_invitation or is_stamp(line) else None


def _is_note(line: str) -> bool:
    words = len(line.split())
    if words <= _LABEL_MAX_WORDS and (_LABEL.fullmatch(line) or _FILED.match(line)):
        return True
    return words <= _NOTE_MAX_WORDS and not QUOTED.search(line) and _NOTE.search(line) is not None


def _is_caption(line: str) -> bool:
    if len(line.split()) > _CAPTION_MAX_WORDS:
        return False
    return bool(
        _CREDITED.search(line) or _SIGNED.search(line) or _DATED.match(line) or _CAPTION.match(line)
    )


def _is_credit(line: str) -> bool:
    if is_credit(line) or is_agency_trailer(line) or _CREDIT.match(line):
        return True
    placed = _PLACED_AGENCY.match(line)
    return placed is not None and is_agency_trailer(placed["sign"])


def _is_byline(line: str) -> bool:
    if len(line.split()) > _LABEL_MAX_WORDS:
        return False
    if line[:3].lower() == "by ":
        return _BY.match(line) is not None
    return is_byline(line) or _BYLINE.match(line) is not None
