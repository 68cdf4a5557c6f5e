"""The extractors and their versions: raise a number when its output can change."""

import re
from dataclasses import dataclass
from typing import Literal

Name = Literal["text", "entities", "quotes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """A step from a page to its records."""

    name: Name
    version: int


#: In the order they run; each sees what those before it gave.
EXTRACTORS = (
    Extractor(name="text", version=4),
    Extractor(name="entities", version=3),
    Extractor(name="quotes", version=3),
)


def extractor_version(model_version: str) -> str:
    """Return what stands on every derived row: "text4-entities3-quotes3-en_core_web_md-3.7.1".

    Texts of two versions are comparable only if this is equal.
    """
    return "-".join([*(f"{each.name}{each.version}" for each in EXTRACTORS), model_version])


def alike(version: str, stage: Name | None) -> str:
    """Return a pattern (RE2) of the versions that differ from `version` in nothing that matters.

    Args:
        version: an extractor version.
        stage: what matters: its number, and the models where it rests on a parse. What it sees of
            the extractors before it does not. None: everything matters.
    """
    if stage is None:
        return re.escape(version)
    *numbers, models = version.split("-", len(EXTRACTORS))
    parts = [
        number if each.name == stage else rf"{each.name}\d+"
        for each, number in zip(EXTRACTORS, numbers, strict=True)
    ]
    return "-".join([*parts, ".*" if stage == "text" else re.escape(models)])
