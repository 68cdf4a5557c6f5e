"""Whom a phrase means: the fullest name of a speaker, also behind "he", "she", "who" or "it"."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from extractors.records import Entity
from extractors.speech.scene import Scene
from extractors.speech.syntax import SUBJECTS
from extractors.wordlists import words_in

_GENDER_OF_PRONOUN = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}
_GENDER_OF_TITLE = {
    "mr": "male", "mr.": "male", "sir": "male", "lord": "male", "king": "male", "prince": "male",
    "congressman": "male", "spokesman": "male", "chairman": "male",
    "mrs": "female", "mrs.": "female", "ms": "female", "ms.": "female", "miss": "female",
    "lady": "female", "queen": "female", "princess": "female", "congresswoman": "female",
    "spokeswoman": "female", "chairwoman": "female",
}  # fmt: skip
_COLLECTIVE = {"it", "they"}
_BACK_TOKENS = 400  #: how far a pronoun is followed back
_MOST_NAMES = 30  #: mentions weighed for one pronoun
_FOLLOWED = frozenset({"of", "for", "at", "from", "with"})
_LONGEST_TAIL = 8  #: tokens of "for the ministry" after "a spokesman"


class Names:
    """What the names and pronouns of one article mean, as far as read."""

    def __init__(self, scene: Scene, entities: Sequence[Entity]) -> None:
        self._scene = scene
        self._entities = {entity.entity: entity for entity in entities}
        self._places = sorted(
            token
            for token, mention in scene.mention_of.items()
            if mention.entity in self._entities
            and mention.end == scene.tree.parse.ends[token]
            and not scene.covered[token]
        )
        self._counts = Counter(scene.mention_of[token].entity for token in self._places)
        self._genders = self._known_genders()
        self._full_names: dict[str, list[str]] = {}
        for key, entity in self._entities.items():
            words = entity.name.split()
            if entity.label == "PERSON" and len(words) > 1:
                self._full_names.setdefault(words[-1].lower(), []).append(key)
        self._last: str | None = None
        self._resolved: dict[int, str | None] = {}

    def heard(self, token: int | None) -> None:
        """Remember who spoke last."""
        if token is not None and (entity := self._entity_of(token)) is not None:
            self._last = entity

    def phrase_of(self, token: int) -> tuple[int, int]:
        """Return the characters of the phrase `token` heads: name with title, "a spokesman"."""
        parse, tree = self._scene.tree.parse, self._scene.tree
        first, last = tree.phrase(token)
        start, end = parse.starts[first], parse.ends[last]
        if (mention := self._scene.mention_of.get(token)) is not None:
            return min(start, mention.start), max(end, mention.end)
        return start, max(end, self._tail_end(token))

    def speaker_of(self, token: int) -> tuple[str | None, str | None]:
        """Return the fullest name `token` stands for and its entity, else the phrase and None."""
        entity = self._entity_of(token)
        if entity is not None:
            return self._entities[entity].name, entity
        tag = self._scene.tree.parse.tags[token]
        if tag.startswith(("PRP", "W")):
            return None, None
        start, end = self.phrase_of(token)
        return self._scene.article.text[start:end], None

    def _tail_end(self, token: int) -> int:
        """Return where "for the ministry" ends that goes with the noun `token`, else 0."""
        tree, parse = self._scene.tree, self._scene.tree.parse
        tail = tree.child(token, "prep")
        if tail != token + 1 or parse.lemmas[tail] not in _FOLLOWED:
            return 0
        return parse.ends[tree.right[tail]] if tree.right[tail] - tail <= _LONGEST_TAIL else 0

    def _entity_of(self, token: int) -> str | None:
        if token not in self._resolved:
            self._resolved[token] = self._resolve(token)
        return self._resolved[token]

    def _resolve(self, token: int) -> str | None:
        scene, parse = self._scene, self._scene.tree.parse
        if (mention := scene.mention_of.get(token)) is not None:
            return self._fuller(mention.entity, self._title_gender(token))
        if scene.text(token)[:1].isupper() and (
            known := self._only(scene.text(token).lower(), None)
        ):
            return known
        if parse.tags[token] in {"WP", "WDT"}:
            return self._of_relative(token)
        if parse.lemmas[token] in _GENDER_OF_PRONOUN or parse.lemmas[token] in _COLLECTIVE:
            return self._of_pronoun(token)
        for other in scene.tree.children[token][:8]:
            if parse.relations[other] == "appos" and scene.label_of(other) == "PERSON":
                return scene.mention_of[other].entity
        return None

    def _fuller(self, key: str | None, gender: str | None) -> str | None:
        """Return the entity of the full name that the lone name `key` can only be short for."""
        if key not in self._entities:
            return None
        entity = self._entities[key]
        if " " in entity.name or entity.label not in {"PERSON", "GROUP", "ORG"}:
            return key
        return self._only(entity.name.lower(), gender) or key

    def _only(self, surname: str, gender: str | None) -> str | None:
        fitting = [
            key
            for key in self._full_names.get(surname, ())
            if gender is None or self._genders.get(key, gender) == gender
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _of_relative(self, token: int) -> str | None:
        """Return what "who" stands for: the noun its clause hangs on."""
        parse = self._scene.tree.parse
        for head in self._scene.tree.climb(token, 3):
            if parse.relations[head] == "relcl":
                return self._entity_of(parse.heads[head])
        return None

    def _of_pronoun(self, token: int) -> str | None:
        """Return the entity before a pronoun that fits best: near, a subject, last to speak."""
        pronoun = self._scene.tree.parse.lemmas[token]
        scored = [
            (self._fit(place, token, pronoun), -rank, place)
            for rank, place in enumerate(self._before(token))
            if self._fits(place, pronoun)
        ]
        if not scored:
            return None
        place = max(scored)[2]
        gender = self._title_gender(place) or _GENDER_OF_PRONOUN.get(pronoun)
        return self._fuller(self._scene.mention_of[place].entity, gender)

    def _before(self, token: int) -> list[int]:
        high = bisect_left(self._places, token)
        low = max(bisect_left(self._places, token - _BACK_TOKENS), high - _MOST_NAMES)
        return self._places[low:high][::-1]

    def _fits(self, place: int, pronoun: str) -> bool:
        mention = self._scene.mention_of[place]
        if pronoun in _COLLECTIVE:
            return mention.label in {"ORG", "GROUP"}
        if mention.label != "PERSON":
            return False
        gender = self._title_gender(place) or self._genders.get(mention.entity or "")
        return gender is None or gender == _GENDER_OF_PRONOUN[pronoun]

    def _fit(self, place: int, token: int, pronoun: str) -> float:
        """Return how well the name at `place` fits: points in its favour, less its distance."""
        parse, mention = self._scene.tree.parse, self._scene.mention_of[place]
        paragraphs = parse.paragraphs[token] - parse.paragraphs[place]
        sentences = parse.sentences[token] - parse.sentences[place]
        score = -0.7 * min(paragraphs, 6) - 0.35 * min(sentences, 8)
        score += 1.0 * (parse.relations[place] in SUBJECTS)
        score -= 1.0 * (parse.relations[place] in {"poss", "compound"})
        score += 0.8 * (mention.entity == self._last)
        score += 0.5 * (self._genders.get(mention.entity or "") is not None)
        return score + 0.1 * min(self._counts[mention.entity], 10)

    def _known_genders(self) -> dict[str, str]:
        """Return the gender of each person whose first name or title tells it."""
        genders: dict[str, str] = {}
        for token in self._places:
            mention = self._scene.mention_of[token]
            if (
                mention.label == "PERSON"
                and (gender := self._title_gender(token))
                and mention.entity
            ):
                genders.setdefault(mention.entity, gender)
        for key, entity in self._entities.items():
            if entity.label == "PERSON" and key not in genders and " " in entity.name:
                first = entity.name.split()[0].lower()
                for gender in ("male", "female"):
                    if first in words_in(f"first_names_{gender}"):
                        genders[key] = gender
        return genders

    def _title_gender(self, token: int) -> str | None:
        """Return the gender that the word before the name, or its first, tells: "Mr.", "Queen"."""
        mention, text = self._scene.mention_of[token], self._scene.article.text
        words = [
            text[max(0, mention.start - 15) : mention.start].split()[-1:],
            mention.text.split()[:1],
        ]
        for word in (word.lower() for group in words for word in group):
            if word in _GENDER_OF_TITLE:
                return _GENDER_OF_TITLE[word]
        return None
