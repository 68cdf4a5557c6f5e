"""Which noun a pronoun or a repeated noun means: "a spokesman" for "he" and "the spokesman"."""

from bisect import bisect_left

from extractors.naming.people import gender_of_noun
from extractors.speech.genders import GENDER_OF_PRONOUN
from extractors.speech.scene import Scene
from extractors.speech.syntax import SUBJECTS
from extractors.wordlists import word_classes

_BACK_TOKENS = 60  #: outside quotations, from a pronoun to the noun it takes up
_MOST_NOUNS = 12  #: before a pronoun that are looked at
_BACK_IN_ALL = 1000  #: tokens, quotations and all
#: Parts that a noun plays beside a name: "former mayor Okafor", "Okafor, a mayor".
_DEPENDENT = frozenset({"compound", "nmod", "amod", "appos", "attr", "poss"})


class Nouns:
    """The people whom one article calls by a noun and no name."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        parse = scene.tree.parse
        self._persons = [
            token
            for token in range(scene.tree.size)
            if parse.tags[token] == "NN"
            and parse.relations[token] not in _DEPENDENT
            and not scene.covered[token]
            and not scene.reported[token]
            and token not in scene.mention_of
            and "person" in word_classes("roles").get(parse.lemmas[token], ())
        ]
        self._first: dict[str, int] = {}  #: noun to where it stands first
        for token in self._persons:
            self._first.setdefault(parse.lemmas[token], token)

    def antecedent(self, token: int) -> int | None:
        """Return the noun that the pronoun `token` takes up: the last subject, if no name is.

        A name behind the noun that is no part of its phrase is nearer, so there is none then.
        """
        scene, parse = self._scene, self._scene.tree.parse
        gender = GENDER_OF_PRONOUN.get(parse.lemmas[token])
        noun = self._last_before(token)
        if gender is None or noun is None or not self._is_main_subject(noun):
            return None
        if gender_of_noun(parse.lemmas[noun]) not in {None, gender}:
            return None
        apart = scene.unquoted[token] - scene.unquoted[noun]
        if apart > _BACK_TOKENS or token - noun > _BACK_IN_ALL:
            return None
        after = range(scene.tree.right[noun] + 1, token)
        return None if any(scene.label_of(place) == "PERSON" for place in after) else noun

    def may_be_meant(self, token: int) -> bool:
        """Answer whether a noun not far before the pronoun `token` has no name and its gender."""
        scene, parse = self._scene, self._scene.tree.parse
        gender = GENDER_OF_PRONOUN.get(parse.lemmas[token])
        at = bisect_left(self._persons, token)
        return any(
            scene.unquoted[token] - scene.unquoted[noun] <= _BACK_TOKENS
            and gender_of_noun(parse.lemmas[noun]) in {None, gender}
            for noun in self._persons[max(at - _MOST_NOUNS, 0) : at]
        )

    def introduction(self, token: int) -> int | None:
        """Return where the article first speaks of "the insider" at `token`: "an insider of"."""
        if not self.is_definite(token):
            return None
        first = self._first.get(self._scene.tree.parse.lemmas[token], token)
        return first if first < token else None

    def is_definite(self, noun: int) -> bool:
        """Answer whether "the" stands before `noun`."""
        determiner = self._scene.tree.child(noun, "det")
        return determiner is not None and self._scene.text(determiner).lower() == "the"

    def _is_main_subject(self, noun: int) -> bool:
        parse = self._scene.tree.parse
        return parse.relations[noun] in SUBJECTS and parse.relations[parse.heads[noun]] == "ROOT"

    def _last_before(self, token: int) -> int | None:
        at = bisect_left(self._persons, token)
        return self._persons[at - 1] if at else None
