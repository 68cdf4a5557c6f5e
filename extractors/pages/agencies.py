"""News agencies that an article may be from."""

import re
from collections.abc import Iterable, Iterator, Sequence

#: Name in our records: the ways it signs. Upper case alone counts where the sign is in capitals.
_SIGNS = {
    "AP": r"AP|Associated Press",
    "AFP": r"AFP|Agence France-Presse",
    "Reuters": r"Reuters|REUTERS|Thomson Reuters",
    "dpa": r"dpa|DPA|dpa-infocom|Deutsche Presse-Agentur",
    "PA Media": r"PA Media|PA|Press Association",
    "EFE": r"EFE|Agencia EFE",
    "Europa Press": r"Europa Press",
    "ANSA": r"ANSA|Ansa",
    "APA": r"APA",
    "Keystone-SDA": r"Keystone-SDA|SDA|ATS|Keystone-ATS",
    "SID": r"SID",
    "epd": r"epd",
    "KNA": r"KNA",
    "AAP": r"AAP|Australian Associated Press",
    "Canadian Press": r"(?:The )?Canadian Press|La Presse canadienne",
    "UPI": r"UPI",
    "PTI": r"PTI|Press Trust of India",
    "ANI": r"ANI",
    "IANS": r"IANS",
    "Xinhua": r"Xinhua",
    "Kyodo": r"Kyodo(?: News)?",
    "Yonhap": r"Yonhap",
    "TASS": r"TASS|ТАСС",
    "Interfax": r"Interfax",
    "Anadolu": r"AA|Anadolu(?: Agency| Ajansı)?",
    "NTB": r"NTB",
    "TT": r"TT",
    "Ritzau": r"Ritzau|/ritzau/",
    "STT": r"STT",
    "Belga": r"Belga",
    "ANP": r"ANP",
    "Lusa": r"Lusa",
    "ČTK": r"ČTK",
    "PAP": r"PAP",
    "Bloomberg": r"Bloomberg(?: News)?",
    "Adnkronos": r"Adnkronos",
    "AGI": r"AGI",
    "Italpress": r"Italpress",
    "MTI": r"MTI",
    "TASR": r"TASR",
    "SITA": r"SITA",
    "BNS": r"BNS",
    "ELTA": r"ELTA",
    "HINA": r"HINA|Hina",
    "Tanjug": r"Tanjug",
    "Agerpres": r"Agerpres|AGERPRES",
    "BTA": r"BTA",
    "Ukrinform": r"Ukrinform",
    "Jiji": r"Jiji(?: Press)?",
    "Bernama": r"Bernama|BERNAMA",
    "Agência Brasil": r"Agência Brasil",
}
_NAMES = {name: re.compile(rf"(?:{signs})$") for name, signs in _SIGNS.items()}
_ANY = "|".join(sorted((signs for signs in _SIGNS.values()), key=len, reverse=True))
_SIGN = re.compile(rf"(?:{_ANY})$")
#: "OSLO, May 3 (Reuters) -", "Oslo (dpa)", "OSLO — (AP)"
_DATELINE = re.compile(
    rf"^[^\W\d_][^\n()]{{1,60}}[\s,]*\((?:{_ANY})(?:[/,][^()]{{1,20}})?\)"
    r"(?:\s*[-–—:.,]|\s+[^\W\d_a-zà-ÿ])"
)
_TRAILER = re.compile(
    rf"^[\s©(\[/\-–—*]*(?:(?:Source|Quelle|Fuente|Fonte|[Ww]ith|[Mm]it|[Cc]on|[Aa]vec|Från|Kilde)\s*:?\s+)?"
    rf"(?P<signs>(?:{_ANY})(?:\s*[/,+&-]\s*(?:{_ANY}|[\w.-]{{2,12}})|\s+(?:{_ANY})){{0,4}})"
    r"[\s.)\]/*]*$"
)
_AT_END = re.compile(rf"[(\[](?P<signs>{_ANY})(?:/[\w.-]{{2,12}})?[)\]]\s*\.?\s*$")
#: Under the last line there may be a promotion or two, above the first a standfirst.
_HEAD_LINES = 3
_FOOT_LINES = 3
_TITLE = re.compile(r"^(?:[Tt]he|[Aa]gen(?:ce|cia|tur|zia|cy)|[Nn]achrichtenagentur)\s+")
#: What the name of a desk ends with, and no person's does: "AP Newsroom", "AFP correspondent".
_DESK = re.compile(
    r"(?:\s(?:(?i:staff|newsroom|news|agency|sports?|business|entertainment|service|writers?"
    r"|reporters?|correspondents?|photographers?)|[a-zà-ÿ]{2,}))+$"
)
_SEPARATOR = re.compile(r"[/,;&+]|\s(?:and|und|et|y|e|with|mit|avec|con)\s|[()\[\]]")


def agency_among(names: Iterable[str]) -> str | None:
    """Return the first agency that a name is or bears, of an author or of a source."""
    return next(filter(None, map(_signed, names)), None)


def agency_in(lines: Sequence[str]) -> str | None:
    """Return the agency that signs a text: in a dateline at its head, or at its foot."""
    for line in lines[:_HEAD_LINES]:
        if dateline := _DATELINE.match(line):
            return _signed(dateline.group())
    for line in reversed(lines[-_FOOT_LINES:]):
        if is_agency_trailer(line) and (trailer := _TRAILER.match(line)):
            return _signed(trailer["signs"])
        if line.endswith((")", "]", ".")) and (closing := _AT_END.search(line[-40:])):
            return _signed(closing["signs"])
    return None


def is_agency_trailer(line: str) -> bool:
    """Return whether a line holds nothing but the signs of agencies: "© AFP", "dpa/mk"."""
    return len(line) <= 80 and _TRAILER.match(line) is not None


def _signed(text: str) -> str | None:
    for part in _SEPARATOR.split(text):
        sign = part.strip(" .:-–—©*")
        short = _DESK.sub("", _TITLE.sub("", sign))
        for spelt in filter(_SIGN.match, (sign, short, *_first_word(short))):
            return next(name for name, pattern in _NAMES.items() if pattern.match(spelt))
    return None


def _first_word(sign: str) -> Iterator[str]:
    """Yield what may be an agency with its place behind it; two letters are a person's initials."""
    first, _, rest = sign.partition(" ")
    if len(first) > 2 or not rest:
        yield first.partition("-")[0]
