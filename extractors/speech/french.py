"""Direct quotations in French, by their marks, and who says them, by the commonest constructions.

What is reported without marks is not looked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractors.nlp import Parse
from extractors.records import Article, Entity, Mention, Quote
from extractors.speech.frenchcues import STOPS, Cue, French
from extractors.speech.frenchspeakers import Speakers
from extractors.speech.marks import Marked, quoted_spans
from extractors.speech.rows import MIN_UNATTRIBUTED_WORDS, trimmed
from extractors.speech.syntax import Tree

#: How often the source is right: where the cue is beside the quotation, before it with a colon, or
#: somewhere before it. By judgement; nothing is learnt for French.
_BESIDE, _LED_IN, _BEFORE = 0.8, 0.8, 0.65
_NOBODY = 0.5
_NEAR = 5  #: words behind a quotation within which its cue begins
_FURTHEST = 15  #: words from a cue to the quotation it leads in without a colon


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What stands in one pair of marks, in parts around the author's remarks."""

    marked: Marked
    parts: tuple[tuple[int, int], ...]
    cue: Cue | None = None
    probability: float = _NOBODY
    goes_on: bool = False  #: a further part of the utterance before


def quotes_in_french(
    article: Article, parse: Parse, mentions: Sequence[Mention], entities: Sequence[Entity]
) -> tuple[Quote, ...]:
    """Return the direct quotations of a French article with their speakers.

    In order, never overlapping, none across a paragraph. A remark of the author within the marks
    ("« Non, dit le maire, rien. »") parts an utterance. `confidence` is .8 at most.

    Args:
        article: in French.
        parse: of `article`, by a model with the relations of Universal Dependencies.
        mentions: in order, never overlapping.
        entities: what the mentions name.
    """
    french = French(article, Tree(parse))
    spans = tuple(quoted_spans(article))
    quoted = [False] * french.tree.size
    for marked in spans:
        for token in range(*french.tree.tokens(marked.start, marked.end)):
            quoted[token] = True
    speakers = Speakers(french, mentions, entities, quoted)
    return tuple(_rows(_read(french, spans), article, speakers, french))


def _read(french: French, spans: Sequence[Marked]) -> Iterator[_Said]:
    before: _Said | None = None
    for place, marked in enumerate(spans):
        following = spans[place + 1] if place + 1 < len(spans) else None
        said = _with_cue(_parted(french, marked), before, following, french)
        yield said
        before = said


def _parted(french: French, marked: Marked) -> _Said:
    """Return what stands in the marks without the author's remarks."""
    parse = french.tree.parse
    parts: list[tuple[int, int]] = []
    first, end = french.tree.tokens(marked.start, marked.end)
    start, cue = marked.start, None
    for remark, behind in french.remarks(first, end):
        parts.append((start, parse.starts[remark.first]))
        start = parse.starts[behind] if behind < end else marked.end
        cue = cue or remark
    parts.append((start, marked.end))
    kept = [trimmed(french.article.text, *part) for part in parts]
    return _Said(
        marked=marked,
        parts=tuple((start, end) for start, end in kept if start < end),
        cue=cue,
        probability=_BESIDE if cue else _NOBODY,
    )


def _with_cue(said: _Said, before: _Said | None, following: Marked | None, french: French) -> _Said:
    """Return `said` with its cue: within it, behind it, before it, or that of the part before."""
    if before is not None and said.marked.continued:
        return replace(said, cue=said.cue or before.cue, probability=_BESIDE, goes_on=True)
    if said.cue is not None:
        return said
    if cue := _cue_before(said, before, french, with_colon=True):
        return replace(said, cue=cue, probability=_LED_IN)
    if cue := _cue_behind(said, following, french):
        return replace(said, cue=cue, probability=_BESIDE)
    if before is not None and before.cue and _is_interrupted(before, before.cue, said, french):
        return replace(said, cue=before.cue, probability=before.probability, goes_on=True)
    cue = _cue_before(said, before, french, with_colon=False)
    return replace(said, cue=cue, probability=_BEFORE if cue else _NOBODY)


def _cue_behind(said: _Said, following: Marked | None, french: French) -> Cue | None:
    """Return the cue right behind: "», a déclaré X", "», selon X"."""
    tree, marked = french.tree, said.marked
    until = following.outer_start if following else len(french.article.text)
    first, end = tree.tokens(marked.outer_end, until)
    end = french.stop_between(first, _end_of_paragraph(tree, first, end, marked.paragraph))
    cue = next(french.cues(first, end), None)
    if cue is None or not cue.is_inverted or cue.first - first > _NEAR:
        return None
    begins_sentence = french.article.text[tree.parse.starts[cue.first]].isupper()
    return None if begins_sentence else cue


def _cue_before(
    said: _Said, before: _Said | None, french: French, *, with_colon: bool
) -> Cue | None:
    """Return the last cue of the sentence that leads in: "X a déclaré : «", "selon X, «"."""
    tree, marked = french.tree, said.marked
    since = before.marked.outer_end if before else 0
    first, end = tree.tokens(since, marked.outer_start)
    paragraphs = tree.parse.paragraphs
    while first < end and paragraphs[first] != marked.paragraph:
        first += 1
    first = max(
        (word + 1 for word in range(first, end) if french.texts[word] in STOPS), default=first
    )
    has_colon = end > first and french.texts[end - 1] == ":"
    if has_colon != with_colon:
        return None
    sure = (cue for cue in french.cues(first, end) if not cue.is_guess)
    cue = max(sure, key=lambda cue: cue.first, default=None)
    is_far = cue is not None and not has_colon and end - cue.end > _FURTHEST
    return None if is_far else cue


def _is_interrupted(before: _Said, cue: Cue, said: _Said, french: French) -> bool:
    """Answer whether nothing but the cue of `before` and its source stands between the two."""
    if before.marked.paragraph != said.marked.paragraph:
        return False
    first, end = french.tree.tokens(before.marked.outer_end, said.marked.outer_start)
    if not first <= cue.first < end:
        return french.is_mere_punctuation(first, end)
    behind = max(cue.end, french.tree.right[cue.source] + 1)
    rest = range(min(behind, end), end)
    ends = [word for word in rest if french.texts[word] in STOPS | {","}]
    return not rest or (bool(ends) and french.is_mere_punctuation(ends[0], end))


def _end_of_paragraph(tree: Tree, first: int, end: int, paragraph: int) -> int:
    paragraphs = tree.parse.paragraphs
    return next((word for word in range(first, end) if paragraphs[word] != paragraph), end)


def _rows(
    all_said: Iterator[_Said], article: Article, speakers: Speakers, french: French
) -> Iterator[Quote]:
    utterance, is_kept = -1, False
    for said in all_said:
        speaking = _speaking(said, speakers, french)
        goes_on = said.goes_on and is_kept
        words = sum(len(article.text[start:end].split()) for start, end in said.parts)
        is_named = "speaker_mention" in speaking and said.probability > _BEFORE
        is_kept = goes_on or is_named or words >= MIN_UNATTRIBUTED_WORDS
        if not is_kept:
            continue
        utterance += not goes_on
        for start, end in said.parts:
            yield Quote(
                start=start,
                end=end,
                text=article.text[start:end],
                kind="direct",
                utterance=utterance,
                **speaking,
            )


def _speaking(said: _Said, speakers: Speakers, french: French) -> Mapping[str, Any]:
    """Return the fields of a quotation that tell who speaks and by what words."""
    speaker = speakers.of(said.cue.source) if said.cue else None
    if said.cue is None or speaker is None:
        return {"confidence": _NOBODY}
    parse, text = french.tree.parse, french.article.text
    start, end = parse.starts[said.cue.first], parse.ends[said.cue.end - 1]
    return {
        "cue": text[start:end],
        "cue_start": start,
        "cue_end": end,
        "speaker": speaker.name,
        "speaker_id": speaker.entity,
        "speaker_mention": text[speaker.start : speaker.end],
        "speaker_start": speaker.start,
        "speaker_end": speaker.end,
        "confidence": round(said.probability * speaker.trust, 3),
    }
