"""Who said it: candidates around each utterance, a score for each, the best is the speaker."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extractors.nlp import Parse
from extractors.quotes import MIN_UNATTRIBUTED_WORDS
from extractors.records import Article, Entity, Mention, Quote
from extractors.speech.candidates import features_of, features_of_nobody, governor_of
from extractors.speech.constructions import cue_reach
from extractors.speech.coreference import Names
from extractors.speech.scene import Scene, Utterance, candidates_of
from extractors.speech.surroundings import with_wording
from extractors.speech.syntax import Tree
from extractors.wordlists import weights, word_classes

#: Rows of one utterance around which speakers are looked for, at each end of it.
_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Choice:
    token: int | None
    probability: float


def attributed(
    quotes: Iterable[Quote],
    article: Article,
    parse: Parse,
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
) -> tuple[Quote, ...]:
    """Return `quotes` with their speakers.

    Parts of one utterance get one speaker. Quotations in marks of fewer than three words that
    nobody is found to say are left out.

    Args:
        quotes: of `quotes_in` over the same article and parse, in order.
        article: where they stand.
        parse: of `article`.
        mentions: in order, never overlapping.
        entities: what the mentions name.
    """
    rows = tuple(quotes)
    tree = Tree(parse)
    scene = Scene(article, tree, rows, mentions)
    names = Names(scene, entities)
    done: list[Quote] = []
    heard: list[int] = []
    for _, group in groupby(rows, key=lambda quote: quote.utterance):
        parts = list(group)
        utterance = utterance_of(parts, scene)
        choice = _chosen(utterance, scene, heard)
        if choice.token is not None:
            heard.append(choice.token)
        done.extend(_with_speaker(part, choice, scene, names) for part in parts)
        names.heard(choice.token)
    return tuple(quote for quote in done if _counts(quote))


def utterance_of(parts: Sequence[Quote], scene: Scene) -> Utterance:
    """Return the tokens of the rows of one utterance; of very many, those at both ends."""
    if len(parts) > 2 * _ROWS:
        parts = [*parts[:_ROWS], *parts[-_ROWS:]]
    cues = [quote.cue_start for quote in parts if quote.cue_start is not None]
    utterance = Utterance(
        rows=tuple(scene.tree.tokens(quote.start, quote.end) for quote in parts),
        kind=parts[0].kind,
        cue=scene.cue_token(cues[0]) if cues else None,
    )
    return with_wording(utterance, scene)


def rows_of_features(
    utterance: Utterance, scene: Scene, heard: Sequence[int]
) -> tuple[list[int], list[list[str]]]:
    """Return the candidates of `utterance`, and the features of each; the last row is nobody's.

    Args:
        utterance: what was said.
        scene: where.
        heard: the tokens that were chosen for the utterances before, in order.
    """
    candidates = candidates_of(utterance, scene)
    nearer = sorted(candidates, key=lambda token: scene.distance(utterance, token))
    seen: dict[bool, int] = {}
    ranks = {}
    for token in nearer:
        side = token < utterance.first
        ranks[token] = seen.get(side, 0)
        if governor_of(scene, token) is not None:
            seen[side] = ranks[token] + 1
    rows = [features_of(token, utterance, scene, heard, ranks[token]) for token in candidates]
    return candidates, [*rows, features_of_nobody(utterance, scene)]


def _chosen(utterance: Utterance, scene: Scene, heard: Sequence[int]) -> _Choice:
    table = weights("speaker_weights")
    candidates, rows = rows_of_features(utterance, scene, heard)
    scores = [sum(table.get(feature, 0.0) for feature in row) for row in rows]
    best = max(range(len(scores)), key=scores.__getitem__)
    total = sum(math.exp(score - scores[best]) for score in scores)
    return _Choice(candidates[best] if best < len(candidates) else None, 1 / total)


def _with_speaker(quote: Quote, choice: _Choice, scene: Scene, names: Names) -> Quote:
    confidence = round(quote.confidence * choice.probability, 3)
    if choice.token is None:
        return replace(quote, confidence=confidence)
    start, end = names.phrase_of(choice.token)
    speaker, entity = names.speaker_of(choice.token)
    text = scene.article.text
    named = replace(
        quote,
        speaker=speaker,
        speaker_id=entity,
        speaker_mention=text[start:end],
        speaker_start=start,
        speaker_end=end,
        confidence=confidence,
    )
    return named if quote.cue is not None else _with_cue(named, choice.token, scene)


def _with_cue(quote: Quote, token: int, scene: Scene) -> Quote:
    verb = governor_of(scene, token)
    parse = scene.tree.parse
    if verb is None or parse.lemmas[verb] not in word_classes("reporting_verbs"):
        return quote
    start, end = cue_reach(scene.tree, verb)
    if start < quote.end and quote.start < end:
        return quote
    return replace(quote, cue=scene.article.text[start:end], cue_start=start, cue_end=end)


def _counts(quote: Quote) -> bool:
    return (
        quote.kind != "direct"
        or quote.speaker_mention is not None
        or len(quote.text.split()) >= MIN_UNATTRIBUTED_WORDS
    )
