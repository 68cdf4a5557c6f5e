"""Whether a person of an article is a "he" or a "she": by title, by pronouns, by first name."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from extractors.naming.givennames import genders_of_first_name
from extractors.naming.names import is_title
from extractors.naming.people import gender_of_noun
from extractors.records import Entity
from extractors.speech.scene import Scene
from extractors.speech.syntax import SUBJECTS

GENDER_OF_PRONOUN = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}
_MOST_TITLES, _LONGEST_TITLE = 3, 40  #: words, and characters, before a name
_NEAR = 25  #: tokens from a name to the pronoun that tells its gender
_MANY = 2  #: pronouns that outweigh a first name


@dataclass(frozen=True, slots=True)
class Genders:
    """What is known of the gender of the persons of an article."""

    known: Mapping[str, str]  #: entity to "male" or "female"
    listed: Set[str]  #: those of `known` of whom only a list of first names tells it
    guessed: Mapping[str, str]  #: by one pronoun, or by a lone name that may be a surname

    def contradict(self, entity: str, gender: str) -> bool:
        """Answer whether `entity` is held to be of another gender."""
        return self.known.get(entity, gender) != gender

    def rule_out(self, entity: str, gender: str) -> bool:
        """Answer whether more than a first name says that `entity` is of another gender."""
        return entity not in self.listed and self.contradict(entity, gender)

    def tell(self, entity: str, gender: str) -> bool:
        """Answer whether what is known speaks for `gender`."""
        return self.known.get(entity, self.guessed.get(entity)) == gender

    def doubt(self, entity: str, gender: str) -> bool:
        """Answer whether the little that is known speaks against `gender`."""
        return self.guessed.get(entity, gender) != gender


def genders_of(scene: Scene, entities: Mapping[str, Entity], places: Sequence[int]) -> Genders:
    """Return the genders of the persons named at the tokens `places`, in order."""
    titles = _titles(scene, entities, places)
    votes: dict[str, Counter[str]] = {}
    for place, following in pairwise((*places, scene.tree.size)):
        mention = scene.mention_of[place]
        if mention.label != "PERSON" or mention.entity is None:
            continue
        votes.setdefault(mention.entity, Counter()).update(_pronouns(scene, place, following))
    known: dict[str, str] = {}
    guessed: dict[str, str] = {}
    listed: set[str] = set()
    for key, counts in votes.items():
        heard = _majority(counts)
        sure = heard if heard and counts[heard] >= _MANY else None
        by_name, is_lone = first_name_gender(entities[key].name), " " not in entities[key].name
        if gender := titles.get(key) or sure or (None if is_lone else by_name):
            known[key] = gender
            if key not in titles and sure is None:
                listed.add(key)
        elif gender := by_name or heard:
            guessed[key] = gender
    return Genders(known, listed, guessed)


def _titles(scene: Scene, entities: Mapping[str, Entity], places: Sequence[int]) -> dict[str, str]:
    """Return the gender that a title tells of each person who has one.

    "Mrs. Okafor" is not Carl Okafor, though nobody else of the name is told of.
    """
    titles: dict[str, str] = {}
    for place in places:
        mention = scene.mention_of[place]
        if mention.label != "PERSON" or mention.entity is None:
            continue
        gender, name = title_gender(scene, place), entities[mention.entity].name
        is_whole = " " in mention.text or " " not in name
        is_hers = is_whole or first_name_gender(name) in {None, gender}
        if gender and is_hers:
            titles.setdefault(mention.entity, gender)
    return titles


def title_gender(scene: Scene, token: int) -> str | None:
    """Return the gender that titles before a name, or its first word of several, tell."""
    mention, text = scene.mention_of[token], scene.article.text
    before = text[max(0, mention.start - _LONGEST_TITLE) : mention.start].split()[::-1]
    for word in before[:_MOST_TITLES]:
        if (gender := gender_of_noun(word)) or not is_title(word):
            break
    else:
        gender = None
    first, *others = mention.text.split(maxsplit=1)
    return gender or (gender_of_noun(first) if others else None)


def first_name_gender(name: str) -> str | None:
    """Return the gender of nearly all who bear the first word of `name`."""
    genders = genders_of_first_name(name.split(maxsplit=1)[0])
    return next(iter(genders)) if len(genders) == 1 else None


def _majority(votes: Counter[str]) -> str | None:
    """Return the gender of three pronouns in four."""
    gender, count = next(iter(votes.most_common(1)), (None, 0))
    return gender if 4 * count >= 3 * votes.total() else None


def _pronouns(scene: Scene, place: int, following: int) -> Iterator[str]:
    """Yield the gender of the first pronoun after a subject, before the next name."""
    parse = scene.tree.parse
    if parse.relations[place] not in SUBJECTS:
        return
    for token in range(place + 1, min(following, place + _NEAR, scene.tree.size)):
        if not scene.covered[token] and parse.lemmas[token] in GENDER_OF_PRONOUN:
            yield GENDER_OF_PRONOUN[parse.lemmas[token]]
            return
