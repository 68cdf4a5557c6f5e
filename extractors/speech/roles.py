"""Whom a definite role means: "the senator" after "Sen. Maria Okoye"."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.naming.gazetteer import country_called, country_of_group
from extractors.naming.names import folded_words
from extractors.records import Entity
from extractors.speech.renames import Renames
from extractors.speech.scene import Scene
from extractors.speech.surnames import Surnames
from extractors.speech.syntax import SUBJECTS
from extractors.wordlists import word_classes, words_in

_MOST = 40  #: descriptions or names that are weighed to each side
_LONGEST_TITLE = 5  #: words before a name
_LONGEST_PHRASE = 10  #: tokens of "a hydrologist at the university" that are read
_MOST_PLACES = 8  #: of one name, around which its places and bodies are looked for
_BESIDE = 12  #: tokens to each side of them
#: Classes of words that may stand for anybody of that sort.
_SORTS = frozenset({"rename", "person"})
#: What people are besides their post.
_LOOSE = frozenset({"candidate", "nominee", "star", "billionaire", "tycoon", "champion"})
_FIRM = "company"
#: Words that make another role of one: "the minister" is not the prime minister.
_CHANGING = frozenset(
    [
        *("vice", "deputy", "assistant", "associate", "lieutenant", "prime", "first", "shadow"),
        *("former", "ex", "late", "attorney", "general"),
    ]
)
#: What tells of another than the one named so far: "the other senator", and comparatives.
_OTHER = frozenset({"other", "second", "third", "rival", "fellow", "next", "new", "same", "local"})
_JOINTS = frozenset({"of", "for", "-"})  #: between the words of a title
_CHARGED = frozenset({"charge", "accuse", "indict", "convict", "sentence", "arraign", "try"})
_IS = frozenset({"be", "become", "remain", "serve"})
_NAMED_AS = frozenset({"elect", "appoint", "name", "make", "swear"})


@dataclass(frozen=True, slots=True)
class _Description:
    """What the article calls somebody at one place."""

    place: int  #: token of the name
    entity: str
    words: frozenset[str]
    names: frozenset[str]  #: of places and bodies among the words: "the Larkfield coach"


class Roles:
    """The descriptions that one article gives of those it names."""

    def __init__(
        self,
        scene: Scene,
        entities: Mapping[str, Entity],
        places: Sequence[int],
        surnames: Surnames,
    ) -> None:
        self._scene = scene
        self._places: dict[str, list[int]] = {}  #: entity to the first tokens that name it
        self._around: dict[str, frozenset[str]] = {}
        self._descriptions: dict[str, list[_Description]] = {}  #: by kind, in order of places
        self._holding_posts: set[str] = set()
        named: list[tuple[int, Entity]] = []
        for place in places:
            entity = entities.get(surnames.meant(place) or "")
            if entity is not None and entity.label in {"PERSON", "ORG"}:
                named.append((place, entity))
                self._places.setdefault(entity.entity, []).append(place)
                self._read(place, entity)
        self._renames = Renames(scene, named, self._holding_posts)

    def bearer(self, token: int) -> str | None:
        """Return the person or body that the noun `token` with its "the" stands for.

        The nearest before it that the article describes by this role; if none, one described so
        later, or the one person named nearby whom a word like "the striker" only renames.
        """
        phrase = self._phrase(token)
        if not self._is_definite(token) or any(map(self._tells_of_another, phrase)):
            return None
        kinds = _kinds(self._lemma(token))
        words, names = self._modifiers(phrase), self._names_in(phrase)
        near = [one for kind in kinds for one in self._near(kind, token)]
        fitting = [
            one for one in near if _agree(words, one.words - kinds) and self._is_of(one, names)
        ]
        before = [one for one in fitting if one.place < token]
        if before:
            return self._last_told_of(before)
        later = {one.entity for one in fitting}
        if len(later) == 1:
            return later.pop()
        if words & _CHANGING:
            return None
        renamed = self._renames.bearer(token, "ORG" if _FIRM in kinds else "PERSON")
        return renamed if renamed and names <= self._names_around(renamed) else None

    def _last_told_of(self, described: Sequence[_Description]) -> str | None:
        """Return the one described last, None if two are in one sentence: "Sen. A met Sen. B"."""
        sentences = self._scene.tree.parse.sentences
        last = max(described, key=_place_of)
        rivals = (one for one in described if sentences[one.place] == sentences[last.place])
        return last.entity if all(one.entity == last.entity for one in rivals) else None

    def _is_of(self, described: _Description, names: frozenset[str]) -> bool:
        """Answer whether the bearer belongs to `names`, by the description or words near by.

        Of whom no place or body is told, "the senator from Ohio" may tell one, but no country:
        "the French president" is not the only president.
        """
        known = described.names or self._names_around(described.entity)
        return names <= known or not (known or any(map(str.isupper, names)))

    def _near(self, kind: str, token: int) -> list[_Description]:
        """Return the descriptions of `kind` nearest to `token`, those before it and behind it."""
        all_of_kind = self._descriptions.get(kind, [])
        at = bisect_left(all_of_kind, token, key=_place_of)
        return all_of_kind[max(at - _MOST, 0) : at + _MOST]

    def _is_definite(self, token: int) -> bool:
        tree, parse = self._scene.tree, self._scene.tree.parse
        determiner = tree.child(token, "det")
        return (
            parse.tags[token] in {"NN", "NNP"}
            and determiner is not None
            and parse.lemmas[determiner].lower() == "the"
            and tree.child(token, "relcl", "acl", "poss", "appos") is None
        )

    def _tells_of_another(self, token: int) -> bool:
        """Answer whether a word beside a role says that nobody named so far is meant."""
        return self._lemma(token) in _OTHER or self._scene.tree.parse.tags[token] in {"JJR", "JJS"}

    def _modifiers(self, phrase: Iterable[int]) -> frozenset[str]:
        """Return the nouns and changing words that narrow the role: "opposition", "former"."""
        parse = self._scene.tree.parse
        return frozenset(
            word
            for place in phrase
            if (word := self._lemma(place)) in _CHANGING
            or (parse.pos[place] in {"NOUN", "PROPN"} and not self._name_of(place))
        )

    def _phrase(self, noun: int) -> list[int]:
        """Return the tokens around `noun` that say which one it is."""
        tree = self._scene.tree
        first, last = tree.phrase(noun)[0], min(tree.right[noun], noun + _LONGEST_PHRASE)
        return [token for token in range(first, last + 1) if token != noun]

    def _names_in(self, tokens: Iterable[int]) -> frozenset[str]:
        return frozenset(filter(None, map(self._name_of, tokens)))

    def _name_of(self, token: int) -> str | None:
        """Return the place or body that `token` is a word of, a people as its country."""
        word = self._scene.text(token)
        if country := country_of_group(word):
            return country
        label = self._scene.label_of(token)
        if label == "GROUP":
            return word.casefold().removesuffix("ic")  # "Democratic" as "Democrat"
        is_name = label is not None and self._scene.tree.parse.pos[token] == "PROPN"
        return country_called(word) or word.casefold() if is_name else None

    def _names_around(self, entity: str) -> frozenset[str]:
        """Return the places and bodies that stand near the names of `entity`, no other's."""
        if entity not in self._around:
            places = self._places[entity][:_MOST_PLACES]
            near = {token for place in places for token in self._beside(place)}
            self._around[entity] = self._names_in(near)
        return self._around[entity]

    def _beside(self, place: int) -> Iterator[int]:
        """Yield the tokens near `place` in its sentence that go with nobody's role."""
        parse = self._scene.tree.parse
        for token in range(max(place - _BESIDE, 0), min(place + _BESIDE, self._scene.tree.size)):
            is_near = parse.sentences[token] == parse.sentences[place]
            above = self._scene.tree.climb(token, 2)  # "French president", "president of France"
            if is_near and not any(is_post(self._lemma(head)) for head in above):
                yield token

    def _read(self, place: int, named: Entity) -> None:
        """Note what the words around the name at `place`, and a body's last, call its bearer."""
        entity = named.entity
        if named.label == "ORG":
            self._note_body(place, named)
        self._note_title(place, entity)
        for noun in self._nouns(place):
            self._note(place, entity, [self._lemma(noun)], self._phrase(noun))
        if self._is_accused(place):
            self._note(place, entity, ["defendant"], ())

    def _is_accused(self, place: int) -> bool:
        """Answer whether the bearer of the name is charged, or denies or admits it."""
        tree, parse = self._scene.tree, self._scene.tree.parse
        verb = parse.heads[place]
        if parse.relations[place] == "nsubjpass":
            return parse.lemmas[verb] in _CHARGED
        charge = tree.child(verb, "dobj")
        return parse.relations[place] == "nsubj" and (
            parse.lemmas[verb] == "plead"
            or (
                parse.lemmas[verb] in {"deny", "admit", "face"}
                and charge is not None
                and parse.lemmas[charge] in {"count", "charge"}
            )
        )

    def _note(self, place: int, entity: str, nouns: Sequence[str], phrase: Sequence[int]) -> None:
        if kinds := frozenset(kind for noun in nouns for kind in _kinds(noun)):
            words, names = frozenset(map(self._lemma, phrase)), self._names_in(phrase)
            described = _Description(place, entity, words, names - {*nouns})
            for kind in kinds:
                self._descriptions.setdefault(kind, []).append(described)
            if any(map(is_post, kinds)):
                self._holding_posts.add(entity)

    def _note_body(self, place: int, named: Entity) -> None:
        """Note what the name of a body calls it: "Transport Board", "Department of Transport"."""
        words = folded_words(named.name)
        heads = {*words[-1:], *(before for before, of in pairwise(words) if of in _JOINTS)}
        mention = self._scene.mention_of[place]
        own = range(*self._scene.tree.tokens(mention.start, mention.end))
        self._note(place, named.entity, [*filter(_is_of_body, heads)], own)

    def _note_title(self, place: int, entity: str) -> None:
        """Note the words before the name: "Sen.", "striker", "Secretary of State"."""
        scene = self._scene
        first = scene.tree.tokens(scene.mention_of[place].start, scene.mention_of[place].end)[0]
        title: list[int] = []
        for token in range(first - 1, max(first - 1 - _LONGEST_TITLE, -1), -1):
            is_end = not title and self._lemma(token) in _JOINTS  # "the mayor of" is no title
            if is_end or not self._is_of_title(token, place):
                break
            title.append(token)
        words = [self._lemma(token) for token in title]
        titles = [word for word in words if word in words_in("titles")]
        self._note(place, entity, titles if "of" in words else [*words[:1], *titles], title)

    def _is_of_title(self, token: int, place: int) -> bool:
        parse = self._scene.tree.parse
        return (
            parse.sentences[token] == parse.sentences[place]
            and self._scene.label_of(token) != "PERSON"
            and (parse.pos[token] in {"NOUN", "PROPN", "ADJ"} or parse.lemmas[token] in _JOINTS)
        )

    def _nouns(self, place: int) -> Iterator[int]:
        """Yield the nouns that the sentence puts beside the name or says that its bearer is."""
        tree, parse = self._scene.tree, self._scene.tree.parse
        for other in tree.children[place][:8]:
            if parse.relations[other] == "appos" and parse.pos[other] == "NOUN":
                yield other
            if parse.relations[other] == "relcl" and parse.lemmas[other] in _IS:
                yield from self._said_to_be(other)
        head = parse.heads[place]
        if parse.relations[place] == "appos" and parse.pos[head] in {"NOUN", "PROPN"}:
            yield head
        if parse.relations[place] in SUBJECTS and parse.lemmas[head] in _IS | _NAMED_AS:
            yield from self._said_to_be(head)
        elif place + 1 < tree.size and parse.lemmas[place + 1] in _IS:
            yield from self._said_to_be(place + 1)  # "…, and Okafor is mayor": seldom read right

    def _said_to_be(self, verb: int) -> Iterator[int]:
        noun = self._scene.tree.child(verb, "attr", "oprd")
        if noun is not None and self._scene.tree.parse.pos[noun] == "NOUN":
            yield noun

    def _lemma(self, token: int) -> str:
        word = self._scene.tree.parse.lemmas[token].lower().strip(".")
        return "lieutenant" if word == "lt" else word


def _place_of(description: _Description) -> int:
    return description.place


def is_post(kind: str) -> bool:
    """Answer whether nobody who is called `kind` is renamed by another word."""
    return kind not in _LOOSE and (kind in words_in("titles") or kind in word_classes("roles"))


def _is_of_body(word: str) -> bool:
    return word in words_in("org_words") or word in word_classes("roles")


def _kinds(noun: str) -> frozenset[str]:
    """Return the classes of a role's noun, itself included."""
    return frozenset({noun, *word_classes("roles").get(noun, ())}) - _SORTS


def _agree(asked: frozenset[str], given: frozenset[str]) -> bool:
    """Answer whether the modifiers of a role all stand in a description, and change neither."""
    return asked <= given and not (given - asked) & _CHANGING
