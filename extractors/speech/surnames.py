"""Whom a lone surname means where the article names two or more who bear it."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from extractors.naming.names import GENERATIONS, folded_words
from extractors.records import Entity
from extractors.speech.genders import Genders, title_gender
from extractors.speech.scene import Scene
from extractors.speech.syntax import SUBJECTS

_LONE = frozenset({"PERSON", "GROUP", "ORG", "PLACE"})
_MOST_RIVALS = 12  #: bearers of one surname that are weighed
#: Points for a bearer: by paragraphs since the last time, by its part there, by times named.
_PER_PARAGRAPH, _MOST_PARAGRAPHS = 0.15, 10
_SUBJECT, _OWNER = 0.6, -0.5
_FIRST_NAMED, _PER_TIME, _MOST_TIMES = 1.0, 0.25, 4
_UNNAMED = -9.0


class Surnames:
    """The full names of an article by their surname, and who each lone surname stands for."""

    def __init__(
        self,
        scene: Scene,
        entities: Mapping[str, Entity],
        places: Sequence[int],
        genders: Genders,
    ) -> None:
        self._scene = scene
        self._entities = entities
        self._genders = genders
        self._bearers: dict[str, list[str]] = {}
        self._named: dict[str, list[int]] = {}  #: entity to the last tokens of its names, in order
        for key, entity in entities.items():
            if entity.label == "PERSON" and " " in entity.name:
                self._bearers.setdefault(_surname(entity.name), []).append(key)
        self._read(places)

    def meant(self, token: int, gender: str | None = None) -> str | None:
        """Return the entity the name at `token` stands for.

        Args:
            token: in a mention.
            gender: of whoever is looked for, if a pronoun tells it and no title does.
        """
        mention = self._scene.mention_of[token]
        entity = self._entities.get(mention.entity or "")
        if entity is None:
            return None
        is_elsewhere = mention.label == "PLACE" and not self._acts(token)
        title = title_gender(self._scene, token)
        if title and " " not in mention.text and self._genders.contradict(entity.entity, title):
            return self.bearer(mention.text, token, title)
        if " " in entity.name or entity.label not in _LONE or is_elsewhere:
            return entity.entity
        gender = title or gender
        return self.bearer(entity.name, token, gender) or entity.entity

    def bearer(self, name: str, token: int, gender: str | None = None) -> str | None:
        """Return the likeliest bearer of the surname `name` at `token`.

        None if nobody bears it, or if two do of whom the article has told as much.
        """
        fitting = [
            key
            for key in self._bearers.get(_surname(name), [])[:_MOST_RIVALS]
            if gender is None or not self._genders.contradict(key, gender)
        ]
        if len(fitting) < 2:
            return next(iter(fitting), None)
        size = self._scene.tree.size
        first = min(fitting, key=lambda key: self._named.get(key, [size])[0])
        best = max(fitting, key=lambda key: self._claim(key, token, first))
        is_tie = any(self._are_level(best, key, token) for key in fitting if key != best)
        return None if is_tie else best

    def _are_level(self, one: str, other: str, token: int) -> bool:
        """Answer whether two were named as often before `token`, and last in one sentence."""
        times = self.times_named(one, token)
        if not times or times != self.times_named(other, token):
            return False
        last, last_other = (self._named[key][times - 1] for key in (one, other))
        sentences = self._scene.tree.parse.sentences
        return sentences[last] == sentences[last_other]

    def times_named(self, entity: str, token: int) -> int:
        """Return how often `entity` is named before `token`."""
        return bisect_left(self._named.get(entity, []), token)

    def is_full_name(self, entity: str) -> bool:
        """Answer whether `entity` is a person named by more than a surname."""
        return self.is_person(entity) and " " in self._entities[entity].name

    def is_person(self, entity: str) -> bool:
        """Answer whether `entity` is a person."""
        return self.label_of(entity) == "PERSON"

    def label_of(self, entity: str) -> str:
        """Return the type of `entity`."""
        return self._entities[entity].label

    def _acts(self, token: int) -> bool:
        return self._scene.tree.parse.relations[token] in SUBJECTS

    def _read(self, places: Sequence[int]) -> None:
        """Note where each person is named, lone surnames included as soon as they are clear."""
        for place in places:
            if (key := self.meant(place)) is not None:
                self._named.setdefault(key, []).append(place)

    def _claim(self, key: str, token: int, first: str) -> float:
        """Return how likely the surname at `token` means `key`: points, less the distance."""
        parse, places = self._scene.tree.parse, self._named.get(key, [])
        before = bisect_left(places, token)
        if not before:
            return _UNNAMED
        last = places[before - 1]
        apart = parse.paragraphs[token] - parse.paragraphs[last]
        score = -_PER_PARAGRAPH * min(apart, _MOST_PARAGRAPHS)
        score += _SUBJECT * (parse.relations[last] in SUBJECTS)
        score += _OWNER * (parse.relations[last] == "poss")
        return score + _FIRST_NAMED * (key == first) + _PER_TIME * min(before, _MOST_TIMES)


def _surname(name: str) -> str:
    words = folded_words(name)
    while len(words) > 1 and words[-1] in GENERATIONS:
        words.pop()
    return words[-1] if words else ""
