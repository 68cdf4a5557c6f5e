"""Hints of who says words in marks: whom the story around them points to, without a cue."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.speech.genders import GENDER_OF_PRONOUN, first_name_gender, title_gender
from extractors.speech.portraits import HE_OR_SHE, Cast, Portrait
from extractors.speech.scene import Heard, Scene, Utterance
from extractors.speech.signs import FULL_STOPS
from extractors.speech.syntax import SUBJECTS

_BACK = 120  #: tokens before an utterance that are read
_TURNS = 4  #: utterances before one of a dialogue that are looked at
_LONGEST_TURNS = 70  #: tokens of them
_NEAR = 10  #: tokens beside an utterance in which "in the words of" may stand
_LONGEST_GAP = 8  #: tokens of marks and line breaks between an utterance and the next word
_YOU_FORMS = frozenset({"you", "your", "yours", "yourself"})
_POINTING = frozenset({"that", "this", "these", "those", "such"})
_TELLING = frozenset({"how", "what", "the"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A phrase to which a construction points."""

    token: int  #: its head
    name: str  #: of the construction, as a feature


def hints_of(
    utterance: Utterance, cast: Cast, heard: Sequence[Heard], *, is_alone: bool, is_told: bool
) -> Iterator[Hint]:
    """Yield the phrases to which the story points as the speaker of `utterance`.

    Args:
        utterance: words in marks.
        cast: who could say them.
        heard: the utterances before whose speakers are known, in order.
        is_alone: its paragraph holds nothing else.
        is_told: a reporting verb stands behind it, or governs it.
    """
    scene = cast.scene
    yield from _those_quoted(scene, utterance)
    yield from _who_spoke_so(scene, utterance)
    yield from _who_does(scene, utterance)
    yield from _announced(cast, utterance)
    if is_told:
        return
    if is_alone:
        yield from _turns(cast, utterance, heard)
        yield from _answerer(scene, utterance, heard)
    yield from _told_of(cast, utterance, heard)


def _those_quoted(scene: Scene, utterance: Utterance) -> Iterator[Hint]:
    """Yield who is meant by "in the words of Anna Lind", beside the utterance."""
    near = (
        *range(max(utterance.first - _NEAR, 0), utterance.first),
        *range(utterance.end, min(utterance.end + _NEAR, scene.tree.size - 1)),
    )
    lemmas = scene.tree.parse.lemmas
    for token in near:
        if lemmas[token] == "word" and lemmas[token + 1] == "of":
            owner = scene.tree.child(token + 1, "pobj")
            if owner is not None and not scene.covered[owner]:
                yield Hint(token=owner, name="in the words of")


def _who_spoke_so(scene: Scene, utterance: Utterance) -> Iterator[Hint]:
    """Yield who is meant by "That was how Anna Lind began" or "So said she", after it."""
    tree, parse = scene.tree, scene.tree.parse
    near = range(utterance.end, min(utterance.end + _LONGEST_GAP, tree.size))
    begin = next(filter(tree.is_word, near), None)
    if begin is None or scene.covered[begin] or begin + 3 > tree.size:
        return
    opening = [parse.lemmas[token].lower() for token in range(begin, begin + 3)]
    is_so = opening[0] in {"so", "thus"} and bool(tree.verb_classes(begin + 1))
    is_how = opening[0] in _POINTING and opening[1] == "be" and opening[2] in _TELLING
    if not (is_so or is_how or (opening[0] == "with" and opening[1] in _POINTING)):
        return
    final = tree.sentence(begin)[1]
    behind = range(begin + 1, min(final, begin + _NEAR * 2))
    person = next(_persons(scene, behind), None)
    if person is not None:
        yield Hint(token=person, name="spoke so")


def _turns(cast: Cast, utterance: Utterance, heard: Sequence[Heard]) -> Iterator[Hint]:
    """Yield whose turn it is where two persons talk to each other, and whose it is not."""
    paragraphs, first = cast.scene.tree.parse.paragraphs, utterance.first
    near = [each for each in heard[-_TURNS:] if first - each.first <= _LONGEST_TURNS]
    if len(near) < 2:
        return
    earlier, last = near[-2:]
    met = [paragraphs[token] for token in (earlier.first, last.first, first)]
    is_close = met[0] < met[1] < met[2] <= met[0] + 2
    if is_close and _are_two(cast, cast.portrait(earlier.speaker), cast.portrait(last.speaker)):
        says_you = _addresses(cast.scene, utterance.first, utterance.end) or any(
            _addresses(cast.scene, each.first, each.end) for each in near
        )
        yield Hint(token=earlier.speaker, name=f"has the turn you={says_you}")
        yield Hint(token=last.speaker, name=f"had the turn you={says_you}")


def _are_two(cast: Cast, one: Portrait, other: Portrait) -> bool:
    if one.entity is not None and other.entity is not None:
        return one.entity != other.entity
    genders = {_gender_of(cast.scene, one), _gender_of(cast.scene, other)}
    return None not in genders and len(genders) == 2


def _gender_of(scene: Scene, one: Portrait) -> str | None:
    if one.sort in HE_OR_SHE:
        return GENDER_OF_PRONOUN[one.sort]
    if one.sort != "PERSON":
        return None
    name = scene.mention_of[one.token].text
    return title_gender(scene, one.token) or first_name_gender(name)


def _addresses(scene: Scene, first: int, end: int) -> bool:
    lemmas = scene.tree.parse.lemmas
    return any(lemmas[token].lower() in _YOU_FORMS for token in range(first, end))


def _answerer(scene: Scene, utterance: Utterance, heard: Sequence[Heard]) -> Iterator[Hint]:
    """Yield who was heard last where the paragraph above asks without marks: an interview."""
    first = utterance.first
    near = range(first - 1, max(first - _LONGEST_GAP, -1), -1)
    above = next((token for token in near if _is_told(scene, token)), None)
    if heard and above is not None and above >= heard[-1].end and scene.text(above) == "?":
        yield Hint(token=heard[-1].speaker, name="answers")


def _is_told(scene: Scene, token: int) -> bool:
    """Answer whether `token` is a word outside quotations, or ends a sentence of such words."""
    text = scene.text(token)
    return not scene.covered[token] and (text in FULL_STOPS or any(map(str.isalnum, text)))


def _who_does(scene: Scene, utterance: Utterance) -> Iterator[Hint]:
    """Yield who is meant by "a film of Anna Lind asking", right before the utterance."""
    parse, first = scene.tree.parse, utterance.first
    near = range(first - 1, max(first - 4, 0), -1)
    doing = next((token for token in near if parse.tags[token] == "VBG"), None)
    if doing is not None and scene.tree.verb_classes(doing):
        person = next(_persons(scene, range(doing - 1, doing)), None)
        if person is not None and scene.tree.child(doing, *SUBJECTS) is None:
            yield Hint(token=person, name="is doing so")


def _announced(cast: Cast, utterance: Utterance) -> Iterator[Hint]:
    """Yield the one person of the paragraph above, where it ends with a colon."""
    scene, paragraphs = cast.scene, cast.scene.tree.parse.paragraphs
    near = range(utterance.first - 1, max(utterance.first - _LONGEST_GAP, -1), -1)
    colon = next((token for token in near if scene.text(token) == ":"), None)
    if colon is None or paragraphs[colon] == paragraphs[utterance.first]:
        return
    begin = scene.tree.paragraph(colon)[0]
    persons = list(_persons(scene, range(max(begin, colon - _BACK), colon)))
    if len({cast.portrait(token).name for token in persons}) == 1:
        yield Hint(token=persons[-1], name="announced")


def _told_of(cast: Cast, utterance: Utterance, heard: Sequence[Heard]) -> Iterator[Hint]:
    """Yield of whom the words before `utterance` in its paragraph tell."""
    scene, parse = cast.scene, cast.scene.tree.parse
    begin = scene.tree.paragraph(utterance.first)[0]
    before = range(max(begin, utterance.first - _BACK), utterance.first)
    words = list(filter(scene.tree.is_word, before))
    if not words or scene.covered[words[-1]]:
        return
    if not any(scene.text(token)[-1:] in FULL_STOPS for token in range(words[-1], utterance.first)):
        return
    persons = list(_persons(scene, before))
    if len({cast.portrait(token).name for token in persons}) == 1:
        yield Hint(token=persons[-1], name="the one told of")
    if _tells(scene, words):
        last = cast.portrait(heard[-1].speaker).name if heard else None
        for token in _actors(cast, persons, parse.sentences[words[-1]]):
            yield Hint(token=token, name="acted just before")
            if last is not None and cast.portrait(token).name != last:
                yield Hint(token=token, name="takes over")


def _tells(scene: Scene, words: Sequence[int]) -> bool:
    """Answer whether the last sentence of `words` is no part of an earlier quotation's."""
    sentences = scene.tree.parse.sentences
    begin = bisect_left(words, sentences[words[-1]], key=lambda token: sentences[token])
    last = words[begin:]
    root = next((t for t in last if scene.tree.parse.relations[t] == "ROOT"), last[0])
    follows_quotation = begin > 0 and scene.covered[words[begin - 1]]
    quotes = any(scene.covered[token] for token in last)
    return not (quotes or (follows_quotation and scene.tree.verb_classes(root)))


def _actors(cast: Cast, persons: Iterable[int], sentence: int) -> Iterator[int]:
    """Yield those of `persons` who are the subject of the sentence of that number."""
    parse = cast.scene.tree.parse
    for token in persons:
        verb = cast.portrait(token).verb
        if parse.sentences[token] != sentence or verb is None:
            continue
        if parse.relations[verb] == "ROOT" and token < verb:
            yield token


def _persons(scene: Scene, tokens: range) -> Iterator[int]:
    """Yield those of `tokens` that head the name of a person, or are "he" or "she"."""
    parse, speakers = scene.tree.parse, scene.speakers
    low, high = bisect_left(speakers, tokens.start), bisect_left(speakers, tokens.stop)
    for token in speakers[low:high]:
        is_pronoun = parse.tags[token] == "PRP" and parse.lemmas[token] in HE_OR_SHE
        if is_pronoun or scene.label_of(token) == "PERSON":
            yield token
