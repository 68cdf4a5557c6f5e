"""Whom "the 54-year-old" means: whoever the article says is of that age."""

import re
from collections.abc import Callable, Sequence

from extractors.speech.scene import Scene

_ASKED = re.compile(r"(\d{1,3})[-‑ ]year[-‑ ]old\Z", re.IGNORECASE)
#: Behind a name: ", 54,", " (54)", " is 54", ", a 54-year-old farmer".
_BEHIND = re.compile(
    r"(?:, (?:now )?(?:aged )?| \((?:aged )?)(\d{1,3})(?=[,.;)])"
    r"| (?:is|was|turned) (\d{1,3})(?=[,.;]| years old| and\b| last\b| in\b)"
    r"|, (?:an?|the) (\d{1,3})[-‑ ]year[-‑ ]old\b"
)
_BEFORE = re.compile(r"\b(\d{1,3})[-‑ ]year[-‑ ]old(?: [\w'’-]+){0,3} \Z")  #: "54-year-old farmer "
_REACH = 60  #: characters to each side of a name


class Ages:
    """The ages that one article gives of those it names."""

    def __init__(
        self, scene: Scene, places: Sequence[int], meant: Callable[[int], str | None]
    ) -> None:
        """Read the ages beside the names.

        Args:
            scene: the article.
            places: last tokens of names.
            meant: gives the entity that the name at a token stands for.
        """
        self._scene = scene
        self._bearers: dict[str, set[str]] = {}
        for place in places:
            age = self._age_beside(place) if scene.label_of(place) == "PERSON" else None
            entity = meant(place) if age else None
            if age and entity:
                self._bearers.setdefault(age, set()).add(entity)

    def bearer(self, phrase: str) -> str | None:
        """Return the one person of the age that `phrase` ends with: "the 54-year-old"."""
        found = _ASKED.search(phrase)
        bearers = self._bearers.get(found[1], set()) if found else set()
        return next(iter(bearers)) if len(bearers) == 1 else None

    def _age_beside(self, place: int) -> str | None:
        text, mention = self._scene.article.text, self._scene.mention_of[place]
        behind = _BEHIND.match(text, mention.end, mention.end + _REACH)
        if behind:
            age: str = behind[behind.lastindex or 0]
            return age
        before = _BEFORE.search(text[max(mention.start - _REACH, 0) : mention.start])
        return before[1] if before else None
