"""Whom a definite role means: "the senator" after "Sen. Maria Okoye"."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from extractors.naming.names import folded_words
from extractors.records import Entity, Label
from extractors.speech.scene import Scene
from extractors.speech.surnames import Surnames
from extractors.speech.syntax import SUBJECTS
from extractors.wordlists import word_classes, words_in

_MOST = 40  #: descriptions or names that are weighed to each side
_LONGEST_TITLE = 5  #: words before a name
_LONGEST_PHRASE = 10  #: tokens of "a hydrologist at the university" that are read
_NEAR = 2  #: paragraphs back in which one name alone may be meant by a word that renames
#: Classes of words that may stand for anybody of that sort.
_SORTS = frozenset({"rename", "person"})
#: What people are besides their post.
_LOOSE = frozenset({"candidate", "nominee", "star", "billionaire", "tycoon", "champion"})
_FIRM = "company"
#: Words that make another role of one: "the minister" is not the prime minister.
_CHANGING = frozenset(
    {"vice", "deputy", "assistant", "associate", "prime", "first", "shadow", "former", "ex", "late"}
)
#: What "the former president" may also be called, and "the president" not.
_PAST = frozenset({"former", "ex", "late"})
_CHARGED = frozenset({"charge", "accuse", "indict", "convict", "sentence", "arraign", "try"})
_IS = frozenset({"be", "become", "remain", "serve"})
_NAMED_AS = frozenset({"elect", "appoint", "name", "make", "swear"})


@dataclass(frozen=True, slots=True)
class _Description:
    """What the article calls somebody at one place."""

    place: int  #: token of the name
    entity: str
    words: frozenset[str]
    has_names: bool  #: among the words is a name: "the Larkfield coach"


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
        self._named: list[tuple[int, Entity]] = []
        self._descriptions: dict[str, list[_Description]] = {}  #: by kind, in order of places
        self._holding_posts: set[str] = set()
        for place in places:
            entity = entities.get(surnames.meant(place) or "")
            if entity is not None and entity.label in {"PERSON", "ORG"}:
                self._named.append((place, entity))
                self._read(place, entity)

    def bearer(self, token: int) -> str | None:
        """Return the person or body that the noun `token` with its "the" stands for.

        The nearest before it that the article describes by this role; if none, one described so
        later, or the one person named nearby whom a word like "the striker" only renames.
        """
        if not self._is_definite(token):
            return None
        kinds, words = _kinds(self._lemma(token)), self._modifiers(token)
        names = words & self._names_in(self._phrase(token))
        near = [one for kind in kinds for one in self._near(kind, token)]
        fitting = [
            one for one in near if _agree(words if one.has_names else words - names, one.words)
        ]
        before = [one for one in fitting if one.place < token]
        if before:
            return max(before, key=_place_of).entity
        later = {one.entity for one in fitting}
        if len(later) == 1:
            return later.pop()
        return self._renamed(token, "ORG" if _FIRM in kinds else "PERSON")

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

    def _modifiers(self, token: int) -> frozenset[str]:
        """Return the nouns and changing words that narrow the role: "opposition", "former"."""
        parse = self._scene.tree.parse
        return frozenset(
            word
            for place in self._phrase(token)
            if (word := self._lemma(place)) in _CHANGING or parse.pos[place] in {"NOUN", "PROPN"}
        )

    def _phrase(self, noun: int) -> list[int]:
        """Return the tokens around `noun` that say which one it is."""
        tree = self._scene.tree
        first, last = tree.phrase(noun)[0], min(tree.right[noun], noun + _LONGEST_PHRASE)
        return [token for token in range(first, last + 1) if token != noun]

    def _names_in(self, tokens: Iterable[int]) -> frozenset[str]:
        return frozenset(
            self._lemma(token) for token in tokens if self._scene.tree.parse.pos[token] == "PROPN"
        )

    def _renamed(self, token: int, label: Label) -> str | None:
        """Return who alone of those nearby may be meant by a word that only renames."""
        parse = self._scene.tree.parse
        if "rename" not in word_classes("roles").get(self._lemma(token), ()):
            return None
        near: dict[int, set[str]] = {}
        at = bisect_left(self._named, token, key=itemgetter(0))
        for place, entity in self._named[max(at - _MOST, 0) : at]:
            apart = parse.paragraphs[token] - parse.paragraphs[place]
            is_fitting = entity.label == label and entity.entity not in self._holding_posts
            if apart <= _NEAR and is_fitting:
                near.setdefault(apart, set()).add(entity.entity)
        nearest = near[min(near)] if near else set()
        return nearest.pop() if len(nearest) == 1 else None

    def _read(self, place: int, named: Entity) -> None:
        """Note what the words around the name at `place`, and a body's last, call its bearer."""
        entity = named.entity
        if named.label == "ORG":
            ending = folded_words(named.name)[-1:]
            self._note(place, entity, [word for word in ending if _is_of_body(word)], ())
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
            words = frozenset(map(self._lemma, phrase))
            has_names = bool(self._names_in(phrase) - {*nouns})
            described = _Description(place, entity, words, has_names)
            for kind in kinds:
                self._descriptions.setdefault(kind, []).append(described)
            if any(map(_is_post, kinds)):
                self._holding_posts.add(entity)

    def _note_title(self, place: int, entity: str) -> None:
        """Note the words before the name: "Sen.", "striker", "Secretary of State"."""
        scene = self._scene
        first = scene.tree.tokens(scene.mention_of[place].start, scene.mention_of[place].end)[0]
        title: list[int] = []
        for token in range(first - 1, max(first - 1 - _LONGEST_TITLE, -1), -1):
            if not self._is_of_title(token, place):
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
            and (
                parse.pos[token] in {"NOUN", "PROPN", "ADJ"}
                or parse.lemmas[token] in {"of", "for", "-"}
            )
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

    def _said_to_be(self, verb: int) -> Iterator[int]:
        noun = self._scene.tree.child(verb, "attr", "oprd")
        if noun is not None and self._scene.tree.parse.pos[noun] == "NOUN":
            yield noun

    def _lemma(self, token: int) -> str:
        return self._scene.tree.parse.lemmas[token].lower().strip(".")


def _place_of(description: _Description) -> int:
    return description.place


def _is_post(kind: str) -> bool:
    """Whether nobody who is called `kind` is renamed by another word."""
    return kind not in _LOOSE and (kind in words_in("titles") or kind in word_classes("roles"))


def _is_of_body(word: str) -> bool:
    return word in words_in("org_words") or word in word_classes("roles")


def _kinds(noun: str) -> frozenset[str]:
    """Return the classes of a role's noun, itself included."""
    return frozenset({noun, *word_classes("roles").get(noun, ())}) - _SORTS


def _agree(asked: frozenset[str], given: frozenset[str]) -> bool:
    """Whether the modifiers of a role all stand in a description, and change neither."""
    return asked - _PAST <= given and not (given - asked) & _CHANGING
