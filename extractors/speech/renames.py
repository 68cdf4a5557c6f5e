"""Whom a word like "the striker" only renames: the one person named near by."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import takewhile
from operator import itemgetter

from extractors.identity import Label
from extractors.records import Entity
from extractors.speech.scene import Scene
from extractors.wordlists import word_classes

_MOST = 40  #: names, and uses of the word, that are weighed
_NEAR = 2  #: paragraphs back in which one name alone may be meant
#: Parts that a noun plays beside a name: "striker Ada Okafor".
_BESIDE = frozenset({"compound", "nmod", "amod"})


class Renames:
    """Those whom one article names, as what a word of no description may mean."""

    def __init__(
        self, scene: Scene, named: Sequence[tuple[int, Entity]], holding_posts: Collection[str]
    ) -> None:
        """Read where the words that rename stand.

        Args:
            scene: the article.
            named: last token of each name and whom it means, in order.
            holding_posts: those whom the article already calls something else.
        """
        self._scene = scene
        self._named = named
        self._holding_posts = holding_posts
        self._uses: dict[str, list[int]] = {}
        for token, lemma in enumerate(scene.tree.parse.lemmas):
            if _renames(lemma) and not scene.covered[token]:
                self._uses.setdefault(lemma.lower(), []).append(token)

    def bearer(self, token: int, label: Label) -> str | None:
        """Return who alone of those nearby, and of type `label`, the noun `token` may mean."""
        parse = self._scene.tree.parse
        if not _renames(parse.lemmas[token]):
            return None
        near: dict[int, set[str]] = {}
        for place, entity in self._named_before(token):
            apart = parse.paragraphs[token] - parse.paragraphs[place]
            if entity.label == label and self._may_be_renamed(entity):
                near.setdefault(apart, set()).add(entity.entity)
        nearest = near[min(near)] if near else set()
        return nearest.pop() if len(nearest) == 1 and not self._is_another(token) else None

    def _named_before(self, token: int) -> list[tuple[int, Entity]]:
        """Return the names of the last paragraphs before `token`, the nearest first."""
        paragraphs = self._scene.tree.parse.paragraphs
        at = bisect_left(self._named, token, key=itemgetter(0))
        back = self._named[max(at - _MOST, 0) : at][::-1]
        return [*takewhile(lambda one: paragraphs[one[0]] >= paragraphs[token] - _NEAR, back)]

    def _may_be_renamed(self, entity: Entity) -> bool:
        is_named = entity.label == "ORG" or " " in entity.name
        return is_named and entity.entity not in self._holding_posts

    def _is_another(self, token: int) -> bool:
        """Answer whether the noun was used before of somebody without a name.

        It was if it stood beside a name in one sentence, "Okafor met the mayor", or with "a".
        """
        tree, parse = self._scene.tree, self._scene.tree.parse
        sentences = {parse.sentences[place] for place, _ in self._named_before(token)}
        uses = self._uses.get(parse.lemmas[token].lower(), [])
        at = bisect_left(uses, token)
        for use in uses[max(at - _MOST, 0) : at]:
            determiner = tree.child(use, "det")
            is_new = determiner is not None and self._scene.text(determiner).lower() in {"a", "an"}
            is_apart = parse.relations[use] not in _BESIDE
            if is_apart and (is_new or parse.sentences[use] in sentences):
                return True
        return False


def _renames(lemma: str) -> bool:
    return "rename" in word_classes("roles").get(lemma.lower(), ())
