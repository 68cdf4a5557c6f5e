"""The vocabulary of identity: what says that two names mean the same, and who or what it is."""

import hashlib
from dataclasses import dataclass
from typing import Literal

Label = Literal["PERSON", "ORG", "PLACE", "GROUP", "EVENT",
                "WORK", "PRODUCT", "LAW", "DATE", "MONEY"]  # fmt: skip

#: What a plainer name leaves out of a fuller one, or that it is its acronym.
VariantReason = Literal["middle initial", "middle name", "accents", "legal form", "acronym"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainerName:
    """A name with less in it than an entity's own, by which others may mean it."""

    entity: str  #: id that an entity of this name has
    reason: VariantReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What is known of an entity beyond its article."""

    #: Hash of label and normalised full name. The id of an entity whom nobody but its article can
    #: tell from others of this name is another.
    name_id: str | None = None
    usual_name: str | None = None  #: English, of a place that its article calls otherwise
    geonameid: int | None = None  #: of a big city, in GeoNames
    isin: str | None = None  #: of a listed company
    ticker: str | None = None  #: of a listed company, at its main exchange
    domain: str | None = None  #: of an outlet
    plainer: tuple[PlainerName, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A name in the user's alias table."""

    label: Label
    name: str  #: that the entity is to be shown under
    name_id: str  #: of that name, or of another that means it


def digest_of(key: str) -> str:
    """Return what ids are made of: the first 20 hexadecimal digits of the SHA-256 of `key`."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:20]
