"""Whom "he", "she", "it" or "they" means: the name before it with the most points."""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from extractors.speech.genders import GENDER_OF_PRONOUN, Genders, title_gender
from extractors.speech.scene import Scene
from extractors.speech.surnames import Surnames
from extractors.speech.syntax import SUBJECTS
from extractors.wordlists import word_classes

COLLECTIVE = frozenset({"it", "they"})
_BACK_TOKENS = 400  #: how far a pronoun is followed back
_AHEAD = 3  #: paragraphs in which a name may follow its pronoun
_MOST_NAMES = 30  #: mentions weighed for one pronoun
_SINKS = frozenset({"poss", "compound", "nmod"})  #: parts that are seldom taken up
#: Points for what is true of a name: set by hand, near a fit to 160 pronouns of known meaning.
_POINTS = MappingProxyType(
    {
        "words": -0.15,
        "sentences": -0.5,
        "paragraphs": -0.7,
        "main subject": 1.4,
        "subject": 0.6,
        "sink": -0.5,
        "reports": 0.3,
        "topic": 1.8,
        "heard": 1.0,
        "asked": 1.0,
        "mentions": 0.2,
        "namesake": -1.5,
        "told of": -1.5,
        "gender known": 1.2,
        "gender doubtful": -1.5,
    }
)


class Pronouns:
    """The names of one article as what its pronouns may stand for."""

    def __init__(
        self, scene: Scene, places: Sequence[int], surnames: Surnames, genders: Genders
    ) -> None:
        self._scene = scene
        self._places = places
        self._surnames = surnames
        self._genders = genders
        parse = scene.tree.parse
        #: Paragraph and entity of each name inside a quotation.
        self._quoted = {
            (parse.paragraphs[token], surnames.meant(token))
            for token, mention in scene.mention_of.items()
            if scene.covered[token] and mention.label == "PERSON"
        }
        persons = (place for place in places if scene.label_of(place) == "PERSON")
        self._first_person = next(persons, scene.tree.size)
        self._sentences = _told(scene, parse.sentences)
        self._paragraphs = _told(scene, parse.paragraphs)

    def antecedent(self, token: int, last: str | None) -> str | None:
        """Return the entity that the pronoun `token` stands for.

        Args:
            token: "he", "she", "it", "they" or a form of them.
            last: the entity that spoke last.
        """
        pronoun = self._scene.tree.parse.lemmas[token]
        gender = GENDER_OF_PRONOUN.get(pronoun)
        best: tuple[float, str] | None = None
        seen: set[str] = set()
        for place in self._before(token):
            entity = self._surnames.meant(place, gender)
            if entity is None or entity in seen or not self._fits(place, entity, gender):
                continue
            seen.add(entity)
            points = sum(_POINTS[name] * value for name, value in self.features(place, token, last))
            best = max(best, (points, entity)) if best else (points, entity)
        return best[1] if best else None

    def only_one(self, token: int) -> str | None:
        """Return the one person named before the pronoun `token`, whatever the first name tells.

        None if two are, or if a title or other pronouns say that the person is of another gender.
        """
        gender = GENDER_OF_PRONOUN.get(self._scene.tree.parse.lemmas[token])
        persons = {
            entity
            for place in self._before(token)
            if (entity := self._surnames.meant(place)) and self._surnames.is_person(entity)
        }
        if gender is None or len(persons) != 1:
            return None
        person = persons.pop()
        return None if self._genders.rule_out(person, gender) else person

    def announced(self, token: int) -> str | None:
        """Return the first person of the article, if named soon after the pronoun `token`.

        None if two of its gender are, of whom either may be meant.
        """
        gender = GENDER_OF_PRONOUN.get(self._scene.tree.parse.lemmas[token])
        at = bisect_left(self._places, token)
        if gender is None or self._first_person < token:
            return None
        paragraphs = self._scene.tree.parse.paragraphs
        near = [
            place
            for place in self._places[at : at + _MOST_NAMES]
            if paragraphs[place] - paragraphs[token] <= _AHEAD
        ]
        entities = {entity for place in near if (entity := self._surnames.meant(place))}
        fitting = [
            entity
            for entity in entities
            if self._surnames.is_full_name(entity) and not self._genders.contradict(entity, gender)
        ]
        is_sure = len(fitting) == 1 and self._genders.tell(fitting[0], gender)
        return fitting[0] if is_sure else None

    def _before(self, token: int) -> list[int]:
        high = bisect_left(self._places, token)
        low = max(bisect_left(self._places, token - _BACK_TOKENS), high - _MOST_NAMES)
        return list(self._places[low:high][::-1])

    def _fits(self, place: int, entity: str, gender: str | None) -> bool:
        label = self._surnames.label_of(entity)
        if gender is None:
            return label in {"ORG", "GROUP"}
        return (
            label == "PERSON"
            and title_gender(self._scene, place) in {None, gender}
            and not self._genders.contradict(entity, gender)
        )

    def features(self, place: int, token: int, last: str | None) -> Iterator[tuple[str, float]]:
        """Yield what is true of the name at `place` as the meaning of `token`, and how much."""
        parse, scene = self._scene.tree.parse, self._scene
        gender = GENDER_OF_PRONOUN.get(parse.lemmas[token])
        entity = self._surnames.meant(place, gender) or ""
        yield "words", math.log2(1 + scene.unquoted[token] - scene.unquoted[place])
        yield "sentences", min(self._sentences[token] - self._sentences[place], 8)
        yield "paragraphs", min(self._paragraphs[token] - self._paragraphs[place], 6)
        yield from ((name, 1.0) for name in self._part(place))
        if entity == last:
            yield "heard", 1.0
        yield "mentions", math.log2(1 + min(self._surnames.times_named(entity, token), 15))
        if (parse.paragraphs[token], entity) in self._quoted:
            yield "told of", 1.0
        if gender and entity in self._genders.known:
            yield "gender known", 1.0
        if entity != self._surnames.meant(place):
            yield "namesake", 1.0
        if gender and self._genders.doubt(entity, gender):
            yield "gender doubtful", 1.0

    def _part(self, place: int) -> Iterator[str]:
        """Yield the part that the name at `place` plays in its sentence."""
        parse = self._scene.tree.parse
        if parse.relations[place] == "appos":
            place = parse.heads[place]
        relation, head = parse.relations[place], parse.heads[place]
        if relation in SUBJECTS or (relation in _SINKS and parse.pos[head] == "VERB"):
            yield "main subject" if parse.relations[head] == "ROOT" else "subject"
            if parse.lemmas[head] in word_classes("reporting_verbs"):
                yield "reports"
        elif relation in _SINKS:
            yield "sink"
        if relation == "dobj" and parse.lemmas[head] in {"ask", "press", "question"}:
            yield "asked"
        if relation == "pobj" and parse.lemmas[head] == "for" and self._opens(head):
            yield "topic"

    def _opens(self, token: int) -> bool:
        """Answer whether `token` is the first or second word of its sentence: "As for"."""
        sentences = self._scene.tree.parse.sentences
        return token < 2 or sentences[token - 2] != sentences[token]


def _told(scene: Scene, units: Sequence[int]) -> list[int]:
    """Return for each token how many of `units` with words outside quotations begin up to it."""
    counts, last, count = [], -1, 0
    for token, unit in enumerate(units):
        if unit != last and not scene.covered[token]:
            last, count = unit, count + 1
        counts.append(count)
    return counts
