"""News agencies that an article may be from."""

import re
from collections.abc import Iterable, Sequence

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
}
_NAMES = {name: re.compile(rf"(?:{signs})$") for name, signs in _SIGNS.items()}
_ANY = "|".join(sorted((signs for signs in _SIGNS.values()), key=len, reverse=True))
#: "OSLO, May 3 (Reuters) -", "Oslo (dpa)", "OSLO — (AP)"
_DATELINE = re.compile(
    rf"^[^\W\d_][^\n()]{{1,60}}[\s,]*\((?:{_ANY})(?:[/,][^()]{{1,20}})?\)\s*(?:[-–—:.,]|\s\S)"
)
_TRAILER = re.compile(
    rf"^[\s©(\[/\-–—*]*(?:(?:Source|Quelle|Fuente|Fonte|[Ww]ith|[Mm]it|[Cc]on|[Aa]vec|Från|Kilde)\s*:?\s+)?"
    rf"(?P<signs>(?:{_ANY})(?:\s*[/,+&-]\s*(?:{_ANY}|[\w.-]{{2,12}})|\s+(?:{_ANY})){{0,4}})"
    r"[\s.)\]/*]*$"
)
_IN_LINE = re.compile(rf"\((?P<signs>{_ANY})\)")
_SEPARATOR = re.compile(r"[/,;&+]|\s(?:and|und|et|y|e|with|mit|avec|con)\s|[()\[\]]")


def agency_of(authors: Iterable[str], lines: Sequence[str]) -> str | None:
    """Return the agency an article is from, by its signatures, dateline or last line."""
    for author in authors:
        if agency := _signed(author):
            return agency
    if lines and (dateline := _DATELINE.match(lines[0])):
        return _signed(dateline.group())
    last = lines[-1] if lines else ""
    if is_agency_trailer(last) and (trailer := _TRAILER.match(last)):
        return _signed(trailer["signs"])
    closing = _IN_LINE.search(last[-40:])
    return _signed(closing["signs"]) if closing else None


def is_agency_trailer(line: str) -> bool:
    """Return whether a line holds nothing but the signs of agencies: "© AFP", "dpa/mk"."""
    return len(line) <= 80 and _TRAILER.match(line) is not None


def _signed(text: str) -> str | None:
    for part in _SEPARATOR.split(text):
        sign = part.strip(" .:-–—©*")
        for name, pattern in _NAMES.items():
            if pattern.match(sign) or pattern.match(sign.split(" ")[0].split("-")[0]):
                return name
    return None
