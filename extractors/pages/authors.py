"""Names of authors out of the bylines pages give."""

import re
from collections.abc import Iterable

from extractors.pages.agencies import is_agency_trailer

_BY = re.compile(
    r"^(?:(?:written|reported|reporting|story|analysis|opinion|words|text)\s+)?"
    r"(?:by|von|par|por|door|av|af|di|text|texte|fra|da|από|автор|作者|文"
    r"|autor(?:in)?(?:/autor(?:in)?)?|authors?|auteur)\b\s*[:：]?\s+",
    re.IGNORECASE,
)
_BY_COLON = re.compile(r"^[^\W\d]{2,12}\s*[:：]\s*(?=\S)")
_AND = re.compile(
    r"\s*(?:;|\||•|·|、|，|\n)\s*|\s+(?:and|und|et|y|e|og|och|en|и|a|ve|&|\+)\s+|\s*&\s*"
)
_COMMA = re.compile(r"\s*,\s*")
#: "Oslo, Kim Min-su reporter kim@…": of such a line only what stands before the title is a name.
_KOREAN_BYLINE = re.compile(r"([가-힣]{2,4})\s*(?:선임|수석|전문)?(?:기자|특파원)")
_ADDRESS = re.compile(r"https?:|www\.|\.(?:com|org|net)/|^/|^@|\S+@\S+")
_TAIL = re.compile(
    r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|[–—|/].*|\s-\s.*"
    r"|,?\s+(?i:for|fuer|für)\s+.*|,?\s+(?:in|from|at)\s+[A-Z][\w ]+|\s+@\S.*)$"
)
#: Words of job titles; a piece of a byline that has one and is no name is left out.
_JOB = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|journalist|columnist|producer|contributor|staff"
    r"|\w*redakteur(?:in)?|\w*korrespondent(?:in)?|\w*reporter(?:in)?|journaliste?|rédact\w+|redactor\w*"
    r"|periodista|chief|bureau|political|senior|fellow|professor|author|autor(?:in)?|presenter"
    r"|analyst|director|specialist|updated|published)\b",
    re.IGNORECASE,
)
#: What stands with such words where nobody is named: "Our Special Correspondent".
_BESIDE_JOB = re.compile(r"\b(?:our|own|special|the|and|web|news|deputy|assistant)\b", re.I)
#: Initials of an editor or a desk, before the names: "red, Gazette".
_DESK = re.compile(r"[a-zà-ÿ]{2,4}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_BEFORE_A_NAME = ":;|•·–— "
_NOTHING = frozenset({"", "admin", "administrator", "editor", "null", "none", "undefined", "n/a"})
_MAX_CHARS = 80
_MAX_AUTHORS = 30


def clean_authors(stated: Iterable[str]) -> tuple[str, ...]:
    """Return the names in the bylines `stated`, in order, each once.

    "By" and its likes, addresses, places and job titles are left out; agencies and desks that
    sign like persons stay.
    """
    names: dict[str, str] = {}
    for byline in stated:
        for name in _names_in(byline):
            names.setdefault(name.casefold(), name)
    return tuple(names.values())[:_MAX_AUTHORS]


def is_job_title(text: str) -> bool:
    """Return whether `text` has a word of job titles: "Senior Reporter"."""
    return _JOB.search(text) is not None


def _names_in(byline: str) -> list[str]:
    byline = " ".join(_TAG.sub(" ", byline).split()).lstrip(_BEFORE_A_NAME)
    if reporters := _KOREAN_BYLINE.findall(byline):
        return reporters
    if _ADDRESS.search(byline) or byline.startswith(("(", "©")):
        return []
    byline = _BY_COLON.sub("", _BY.sub("", byline)) if _BY.match(byline) else byline
    pieces = [byline]
    for separator in (_AND, _COMMA):
        pieces = [part for piece in pieces for part in _parts(piece, separator)]
    return [name for name in map(_name, pieces) if name]


def _parts(piece: str, separator: re.Pattern[str]) -> list[str]:
    """Split `piece` if that gives names of persons; "Le Monde et AFP" stays one signature."""
    parts = [part for part in separator.split(piece) if part]
    names = [part for part in parts if not _JOB.search(part)]
    if len(parts) < 2 or not names:
        return [piece]
    if separator is _COMMA:
        names = _without_desk_and_place(names)
    are_names = all(_is_full_name(part) or _is_agency(part, separator) for part in names)
    return names if are_names or len(names) == 1 else [piece]


def _without_desk_and_place(parts: list[str]) -> list[str]:
    """Leave out initials of a desk before the names, and after a full name what is one word."""
    names = [part for part in parts if not _DESK.fullmatch(part) or is_agency_trailer(part)]
    if not names or not _is_full_name(names[0]):
        return names or parts
    return [part for part in names if len(part.split()) > 1 or is_agency_trailer(part)]


def _is_full_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 5 or (len(words) == 1 and not text.isascii() and len(text) <= 4)


def _is_agency(part: str, separator: re.Pattern[str]) -> bool:
    return separator is _COMMA and is_agency_trailer(part)


def _name(piece: str) -> str:
    name = piece.strip(" \t,;:.|-–—·•\"'")
    shorter = _TAIL.sub("", name)
    name = (shorter if len(shorter.split()) >= 2 else name).strip(" ,;:-–—")
    if name.isupper() and name.isascii() and len(name.split()) >= 2:
        name = name.title()
    if len(name) > _MAX_CHARS or "@" in name or name.casefold() in _NOTHING or _is_post(name):
        return ""
    return name


def _is_post(name: str) -> bool:
    """Return whether a byline is a job title and names nobody: "Staff Reporter"."""
    return is_job_title(name) and not _BESIDE_JOB.sub("", _JOB.sub("", name)).strip(" -&/")
