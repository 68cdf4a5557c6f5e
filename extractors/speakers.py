"""Who said it: candidates around each utterance, a score for each, the best is the speaker."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extractors.nlp import Parse
from extractors.records import Article, Entity, Mention, Quote
from extractors.speech.candidates import Candidates, candidates_of
from extractors.speech.confidence import cautious, trusted
from extractors.speech.constructions import cue_reach
from extractors.speech.coreference import Names
from extractors.speech.portraits import Cast, governor_of
from extractors.speech.rows import MIN_UNATTRIBUTED_WORDS
from extractors.speech.scene import Heard, Scene, Utterance
from extractors.speech.speakerfeatures import features_of, features_of_nobody
from extractors.speech.surroundings import Setting, setting_of, with_wording
from extractors.speech.syntax import Tree
from extractors.wordlists import weights

_ROWS = 3  #: of one utterance around which speakers are looked for, at each end of it
#: How often the person behind a pronoun is right where its sentence is, and what is left where
#: nobody is found.
_RESOLVED, _UNRESOLVED = 0.96, 0.8


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
    *,
    tree: Tree | None = None,
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
        tree: that of `parse`, where it is built already.
    """
    rows = tuple(quotes)
    scene = Scene(article, Tree(parse) if tree is None else tree, rows, mentions)
    names, ranker = Names(scene, entities), _Ranker(Cast(scene))
    done: list[Quote] = []
    heard: list[Heard] = []
    for _, group in groupby(rows, key=lambda quote: quote.utterance):
        parts = list(group)
        utterance = utterance_of(parts, scene)
        choice = ranker.chosen(utterance, heard)
        if choice.token is not None:
            heard.append(Heard(speaker=choice.token, first=utterance.first, end=utterance.end))
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
    utterance: Utterance, cast: Cast, heard: Sequence[Heard]
) -> tuple[list[int], list[list[str]]]:
    """Return the candidates of `utterance`, and the features of each; the last row is nobody's.

    Args:
        utterance: what was said.
        cast: who could say it.
        heard: the utterances before whose speakers are known, in order.
    """
    setting = setting_of(utterance, cast, heard)
    candidates, rows = _rows(setting, cast)
    for token, row in zip(candidates.distances, rows, strict=False):
        row.extend(f"{setting.kind} {sign}" for sign in cast.portrait(token).signs)
    return list(candidates.distances), rows


def _rows(setting: Setting, cast: Cast) -> tuple[Candidates, list[list[str]]]:
    """Return candidates and features, without what is true of a candidate whatever is said."""
    scene, utterance = cast.scene, setting.utterance
    candidates = candidates_of(utterance, scene, setting.hints)
    ranks = _ranks(utterance, cast, candidates.distances)
    rows = [
        features_of(cast.portrait(token), setting, cast, distance, ranks[token])
        for token, distance in candidates.distances.items()
    ]
    return candidates, [*rows, features_of_nobody(setting, scene)]


def _ranks(utterance: Utterance, cast: Cast, distances: Mapping[int, int]) -> dict[int, int]:
    """Return how many subjects and agents of its side stand nearer than each candidate."""
    seen, ranks = {True: 0, False: 0}, {}
    for token in sorted(distances, key=distances.__getitem__):
        is_before = token < utterance.first
        ranks[token] = seen[is_before]
        seen[is_before] += cast.portrait(token).verb is not None
    return ranks


class _Ranker:
    """The weights of features over the phrases of one scene."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._table = weights("speaker_weights")
        self._known: dict[tuple[int, str], float] = {}

    def chosen(self, utterance: Utterance, heard: Sequence[Heard]) -> _Choice:
        setting, table = setting_of(utterance, self._cast, heard), self._table
        candidates, rows = _rows(setting, self._cast)
        tokens = list(candidates.distances)
        scores = [sum([table.get(feature, 0.0) for feature in row]) for row in rows]
        for place, token in enumerate(tokens):
            scores[place] += self._score_of_portrait(token, setting.kind)
        if candidates.is_sure:
            scores.pop()  # somebody said it
        best = max(range(len(scores)), key=scores.__getitem__)
        total = sum(math.exp(score - scores[best]) for score in scores)
        chosen = tokens[best] if best < len(tokens) else None
        return _Choice(chosen, trusted(1 / total, setting.utterance.kind, table))

    def _score_of_portrait(self, token: int, kind: str) -> float:
        """Return the weight of what is true of a candidate whatever is said."""
        if (token, kind) not in self._known:
            signs = self._cast.portrait(token).signs
            score = sum(self._table.get(f"{kind} {sign}", 0.0) for sign in signs)
            self._known[token, kind] = score
        return self._known[token, kind]


def _with_speaker(quote: Quote, choice: _Choice, scene: Scene, names: Names) -> Quote:
    confidence = cautious(quote.confidence * choice.probability)
    if choice.token is None:
        return replace(quote, confidence=round(confidence, 3))
    start, end = names.phrase_of(choice.token)
    speaker, entity = names.speaker_of(choice.token)
    if scene.is_pronoun(choice.token):
        confidence *= _UNRESOLVED if speaker is None else _RESOLVED
    text = scene.article.text
    named = replace(
        quote,
        speaker=speaker,
        speaker_id=entity,
        speaker_mention=text[start:end],
        speaker_start=start,
        speaker_end=end,
        confidence=round(confidence, 3),
    )
    return named if quote.cue is not None else _with_cue(named, choice.token, scene)


def _with_cue(quote: Quote, token: int, scene: Scene) -> Quote:
    verb = governor_of(scene, token)
    if verb is None or not scene.tree.verb_classes(verb):
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
