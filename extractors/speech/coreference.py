"""Whom a phrase means: the fullest name of a speaker, also behind "he", "she", "who" or "it"."""

from collections.abc import Sequence
from functools import cached_property

from extractors.naming.gazetteer import country_of_group
from extractors.records import Entity
from extractors.speech.ages import Ages
from extractors.speech.genders import GENDER_OF_PRONOUN, genders_of
from extractors.speech.nouns import Nouns
from extractors.speech.pronouns import COLLECTIVE, Pronouns
from extractors.speech.roles import Roles, is_post
from extractors.speech.scene import Scene
from extractors.speech.surnames import Surnames

_FOLLOWED = frozenset({"of", "for", "at", "from", "with"})
_OF_PARTY = frozenset({"Republican", "Democrat", "Conservative", "Liberal", "Socialist", "Green"})
_IDENTIFIED = "identify"
_CALLED = frozenset({"call", "name", _IDENTIFIED})
_MOST_BESIDE = 8  #: dependants of one noun that are looked at
_LONGEST_TAIL = 8  #: tokens of "for the ministry" after "a spokesman"


class Names:
    """What the names and pronouns of one article mean, as far as read."""

    def __init__(self, scene: Scene, entities: Sequence[Entity]) -> None:
        self._scene = scene
        self._entities = {entity.entity: entity for entity in entities}
        places = sorted(
            token
            for token, mention in scene.mention_of.items()
            if mention.entity in self._entities
            and mention.end == scene.tree.parse.ends[token]
            and not scene.covered[token]
        )
        self._genders = genders_of(scene, self._entities, places)
        self._surnames = Surnames(scene, self._entities, places, self._genders)
        self._nouns = Nouns(scene)
        self._places = places
        self._pronouns = Pronouns(scene, places, self._surnames, self._genders)
        self._last: str | None = None
        self._resolved: dict[int, str | None] = {}

    def heard(self, token: int | None) -> None:
        """Remember who spoke last."""
        if token is not None and (entity := self._entity_of(token)) is not None:
            self._last = entity

    def phrase_of(self, token: int) -> tuple[int, int]:
        """Return the characters of the phrase `token` heads: name with title, "a spokesman"."""
        parse, tree = self._scene.tree.parse, self._scene.tree
        if (label := self._scene.turn_of.get(token)) is not None:
            return label.start, label.end
        token = self._part_of(token)
        first, last = tree.phrase(token)
        start, end = parse.starts[first], parse.ends[last]
        if (mention := self._scene.mention_of.get(token)) is not None:
            return min(start, mention.start), max(end, mention.end)
        return start, max(end, self._tail_end(token))

    def _part_of(self, token: int) -> int:
        """Return "one" for the noun in "one of the drivers", else `token`."""
        parse = self._scene.tree.parse
        joint, head = parse.heads[token], parse.heads[parse.heads[token]]
        is_part = parse.relations[token] == "pobj" and parse.lemmas[joint] == "of"
        return head if is_part and self._scene.text(head).lower() == "one" else token

    def speaker_of(self, token: int) -> tuple[str | None, str | None]:
        """Return the fullest name `token` stands for and its entity, else the phrase and None."""
        token = self._part_of(token)
        entity = self._entity_of(token)
        if entity is not None:
            return self._entities[entity].name, entity
        token = self._noun_of(token) or token
        if self._scene.is_pronoun(token):
            return None, None
        return self._text_of_phrase(token), None

    def _text_of_phrase(self, token: int) -> str:
        start, end = self.phrase_of(token)
        return self._scene.article.text[start:end]

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
        if token in scene.mention_of and not self._is_of_group(token):
            return self._surnames.meant(token)
        word = scene.text(token)
        if word[:1].isupper() and (known := self._surnames.bearer(word, token)):
            return known
        if parse.tags[token] in {"WP", "WDT"}:
            return self._of_relative(token)
        if (noun := self._noun_before(token)) is not None:
            return self._entity_of(noun)
        if parse.lemmas[token] in COLLECTIVE or parse.lemmas[token] in GENDER_OF_PRONOUN:
            return self._of_pronoun(token)
        return (
            self._of_apposition(token)
            or self._of_calling(token)
            or self._ages.bearer(self._text_of_phrase(token))
            or self._roles.bearer(token)
        )

    def _of_pronoun(self, token: int) -> str | None:
        """Return whom the pronoun `token` means: named before it, soon after it, or alone."""
        found = self._pronouns.antecedent(token, self._last)
        if found or self._nouns.antecedent(token) is not None:
            return found
        announced = self._pronouns.announced(token)
        if announced or self._nouns.may_be_meant(token):
            return announced
        return self._pronouns.only_one(token)

    def _is_of_group(self, token: int) -> bool:
        """Answer whether `token` is one of a people or party: "the Ohio Republican"."""
        scene, tree = self._scene, self._scene.tree
        return (
            scene.label_of(token) == "GROUP"
            and tree.parse.tags[token] in {"NN", "NNP"}
            and tree.child(token, "det") is not None
            and (scene.text(token) in _OF_PARTY or country_of_group(scene.text(token)) is not None)
        )

    def _noun_of(self, token: int) -> int | None:
        """Return the noun by which the article speaks more fully of whom it does not name."""
        noun = self._nouns.antecedent(token)
        return self._nouns.introduction(token if noun is None else noun) or noun

    def _noun_before(self, token: int) -> int | None:
        """Return the noun that the pronoun `token` takes up rather than any name.

        One with "the" that stands for no name so far is none: it may mean one of the names.
        """
        noun = self._nouns.antecedent(token)
        if noun is None:
            return None
        entity = self._entity_of(noun)
        if entity is None:
            return None if self._nouns.is_definite(noun) else noun
        gender = GENDER_OF_PRONOUN[self._scene.tree.parse.lemmas[token]]
        return None if self._genders.contradict(entity, gender) else noun

    @cached_property
    def _roles(self) -> Roles:
        return Roles(self._scene, self._entities, self._places, self._surnames)

    @cached_property
    def _ages(self) -> Ages:
        return Ages(self._scene, self._places, self._surnames.meant)

    def _of_apposition(self, token: int) -> str | None:
        """Return the person who stands beside the noun `token`: "Okafor, now the mayor"."""
        scene, tree = self._scene, self._scene.tree
        if tree.parse.pos[token] == "PROPN" and not is_post(tree.parse.lemmas[token]):
            return None  # "Ada Okafor, Ostby"
        if (named := self._named_beside(token)) is not None:
            return self._surnames.meant(named)
        if tree.parse.relations[token] != "appos":
            return None
        first = tree.phrase(token)[0]
        for place in (tree.parse.heads[token], *range(first - 1, max(first - 4, -1), -1)):
            if scene.label_of(place) == "PERSON":
                return self._surnames.meant(place)
        return None

    def _named_beside(self, token: int) -> int | None:
        """Return the name in apposition to the noun `token`, or to such a noun.

        "Her son, Okafor", "her son, the poet Okafor", "her son, a poet called Okafor".
        """
        tree, scene = self._scene.tree, self._scene
        for other in tree.children[token][:_MOST_BESIDE]:
            if tree.parse.relations[other] != "appos":
                continue
            name = tree.child(other, "appos") if tree.parse.tags[other] == "NN" else other
            name = self._called(other) if name is None else name
            if name is not None and scene.label_of(name) == "PERSON":
                return name
        return None

    def _of_calling(self, token: int) -> str | None:
        """Return who is "a man called Okafor"."""
        name = self._called(token)
        return None if name is None else self._surnames.meant(name)

    def _called(self, token: int) -> int | None:
        """Return the name in "a man called Okafor" and "the man, identified as Okafor"."""
        tree = self._scene.tree
        verb = tree.child(token, "acl")
        if verb is None or tree.parse.lemmas[verb] not in _CALLED:
            return None
        head = tree.child(verb, "prep") if tree.parse.lemmas[verb] == _IDENTIFIED else verb
        name = None if head is None else tree.child(head, "oprd", "dobj", "attr", "pobj")
        is_person = name is not None and self._scene.label_of(name) == "PERSON"
        return name if is_person else None

    def _of_relative(self, token: int) -> str | None:
        """Return what "who" stands for: the noun its clause hangs on."""
        parse = self._scene.tree.parse
        for head in self._scene.tree.climb(token, 3):
            if parse.relations[head] == "relcl":
                return self._entity_of(parse.heads[head])
        return None
