"""Verbs beside an utterance and above it, and whom the parse makes their source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extractors.speech.constructions import source_of
from extractors.speech.portraits import class_of
from extractors.speech.scene import Scene, Utterance
from extractors.speech.syntax import VERBS

_REACH = 8  #: tokens to each side in which a verb is looked for
_READ = 60  #: tokens of a row whose heads are looked at
_STEPS = 5  #: up the tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A verb that may tell who speaks."""

    side: str  #: "lead", "behind", or "anchor" for what governs the words by the parse
    verb_class: str  #: with its form or its relation to the words
    source: int | None  #: head of the phrase that the parse makes its source
    above: Mapping[int, int]  #: the verb and what governs it, and how far above


def links_of(utterance: Utterance, scene: Scene) -> Iterator[Link]:
    """Yield the verb that governs the words, the last before them and the first behind them.

    "An option seen by organizers as a “lifeboat”" is governed by "seen", and its agent speaks.
    """
    parse, first, end = scene.tree.parse, utterance.first, utterance.end
    if (anchor := _anchor(utterance, scene)) is not None:
        verb, relation = anchor
        yield _link(scene, verb, "anchor", relation)
    if first < scene.tree.size:
        before = range(first - 1, max(first - 1 - _REACH, -1), -1)
        same = (t for t in before if parse.sentences[t] == parse.sentences[first])
        if (lead := _verb_among(same, scene)) is not None:
            yield _link(scene, lead, "lead", parse.tags[lead])
    behind = range(end, min(end + _REACH, scene.tree.size))
    same = (t for t in behind if parse.paragraphs[t] == parse.paragraphs[end - 1])
    if (follower := _verb_among(same, scene)) is not None:
        yield _link(scene, follower, "behind", parse.tags[follower])


def _verb_among(tokens: Iterable[int], scene: Scene) -> int | None:
    pos, covered = scene.tree.parse.pos, scene.covered
    return next((token for token in tokens if pos[token] == "VERB" and not covered[token]), None)


def _anchor(utterance: Utterance, scene: Scene) -> tuple[int, str] | None:
    """Return the verb outside the words that governs them, and the relation of the words."""
    parse = scene.tree.parse
    for first, end in utterance.rows:
        for token in range(first, min(end, first + _READ)):
            head = parse.heads[token]
            if first <= head < end or not scene.tree.is_word(token):
                continue
            for verb in (head, *scene.tree.climb(head, _STEPS - 2)):
                if parse.pos[verb] in VERBS and not scene.covered[verb]:
                    return verb, parse.relations[token]
    return None


def _link(scene: Scene, verb: int, side: str, form: str) -> Link:
    climbed = (verb, *scene.tree.climb(verb, _STEPS))
    return Link(
        side=side,
        verb_class=f"{form} {class_of(scene, verb)}",
        source=source_of(scene.tree, verb),
        above={head: steps for steps, head in enumerate(climbed)},
    )
