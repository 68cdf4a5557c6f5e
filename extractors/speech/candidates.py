"""The phrases that could name the speaker of an utterance; one only, where that is sure."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractors.speech.portraits import HE_OR_SHE, begins_or_ends
from extractors.speech.scene import Scene, Utterance
from extractors.speech.signs import DASHES
from extractors.speech.statements import source_of_statement

_REACH = 160  #: tokens to each side of an utterance
_BACK = 3  #: paragraphs
_MOST = 48  #: candidates of one utterance: the nearest
_SIGNERS = frozenset({"PERSON", "ORG"})
_LONGEST_SIGNATURE = 12  #: tokens of a paragraph from its dash to the end of the name
_LONGEST_SIGN = 8  #: tokens of marks, a line break and a dash before the name
_LONGEST_MARKS = 4  #: tokens of marks from the first word back to the colon
#: Verbs that say what somebody is like.
_DESCRIBING = frozenset({"be", "seem", "sound", "become", "remain", "stay"})
#: “I loved it.” ― Maria Duarte
_SIGNED = re.compile(r"[.!?…\"”’'»)\s]*[―—–-]{1,3}\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The phrases that could name the speaker of an utterance."""

    distances: Mapping[int, int]  #: of the head of each, in order, as `Scene.distance` counts
    is_sure: bool = False  #: the one there is names the speaker for sure


def candidates_of(utterance: Utterance, scene: Scene, further: Iterable[int] = ()) -> Candidates:
    """Return the phrases which could name the speaker of `utterance`.

    Args:
        utterance: what is said.
        scene: where.
        further: heads of phrases that count however far they are.
    """
    parse, size = scene.tree.parse, scene.tree.size
    if not size:
        return Candidates(distances={})
    if (speaker := sole_speaker(utterance, scene)) is not None:
        distances = {speaker: scene.distance(utterance, speaker)}
        return Candidates(distances=distances, is_sure=True)
    if scene.label_before(utterance) is not None:
        return Candidates(distances={})
    anchor, final = min(utterance.first, size - 1), min(max(utterance.end - 1, 0), size - 1)
    near = [
        token
        for token in _near(utterance, scene.speakers)
        if parse.paragraphs[anchor] - _BACK <= parse.paragraphs[token]
        and _not_far_after(scene, token, final)
        and not any(first <= token < end for first, end in utterance.rows)
        and not (parse.lemmas[final] == "." and token > final and begins_or_ends(scene, token))
    ]
    distances = {token: scene.distance(utterance, token) for token in {*near, *further}}
    nearest = sorted(near, key=distances.__getitem__)[:_MOST]
    return Candidates(distances={token: distances[token] for token in sorted({*nearest, *further})})


def sole_speaker(utterance: Utterance, scene: Scene) -> int | None:
    """Return the token of the speaker whom a label, a signature or what leads in names for sure."""
    if (label := scene.label_before(utterance)) is not None:
        return scene.speaker_under(label)
    for speaker_of in (_signer, _led_in_by, _described_before_colon):
        if (speaker := speaker_of(utterance, scene)) is not None:
            return speaker
    return None


def _led_in_by(utterance: Utterance, scene: Scene) -> int | None:
    """Return the source of a reporting word that leads in the paragraph: "Ek wrote:"."""
    cue, paragraphs = utterance.cue, scene.tree.parse.paragraphs
    if cue is None or utterance.kind == "direct":
        return None
    is_above = paragraphs[cue] < paragraphs[min(utterance.first, scene.tree.size - 1)]
    return source_of_statement(scene.tree, cue) if is_above else None


def _described_before_colon(utterance: Utterance, scene: Scene) -> int | None:
    """Return the person described in the sentence that leads in: "Bell was blunter: “No.”"."""
    tree, parse = scene.tree, scene.tree.parse
    near = range(utterance.first - 1, max(utterance.first - _LONGEST_MARKS, 0), -1)
    colon = next((token for token in near if parse.lemmas[token] in {":", "."}), None)
    if colon is None or parse.lemmas[colon] != ":" or utterance.kind != "direct":
        return None
    verb = parse.heads[colon]
    subject = tree.child(verb, "nsubj")
    if subject is None or parse.lemmas[verb] not in _DESCRIBING or parse.relations[verb] != "ROOT":
        return None
    between = range(subject, colon)
    is_told = any(scene.covered[token] or tree.reports_speech(token) for token in between)
    is_person = scene.label_of(subject) == "PERSON" or parse.lemmas[subject] in HE_OR_SHE
    return subject if between and is_person and not is_told else None


def _signer(utterance: Utterance, scene: Scene) -> int | None:
    """Return the person who signs `utterance`: "― Bo Ek, Ostby" to the end of a paragraph."""
    parse, said = scene.tree.parse, scene.tree.parse.ends[utterance.end - 1]
    behind_words = scene.tree.tokens(said, len(scene.article.text))[0]
    near = range(behind_words, min(behind_words + _LONGEST_SIGN, scene.tree.size))
    first = next((token for token in near if any(map(str.isalnum, scene.text(token)))), None)
    if first is None or scene.label_of(first) not in _SIGNERS:
        return None
    between = scene.article.text[said : parse.starts[first]]
    last = scene.tree.paragraph(first)[1] - 1
    mention = scene.mention_of[first]
    name = scene.tree.tokens(mention.start, mention.end)[1] - 1
    behind = scene.article.text[mention.end : mention.end + 3]
    # "- Bo Ek: “No.”" is an item of a list; organisations sign with the name of an account.
    is_item = behind[:1] == ":" or name in scene.labels
    if is_item or (mention.label != "PERSON" and behind != " (@"):
        return None
    is_short = last - first <= _LONGEST_SIGNATURE and "VERB" not in parse.pos[first : last + 1]
    return name if is_short and _SIGNED.fullmatch(between) else None


def _near(utterance: Utterance, speakers: Sequence[int]) -> list[int]:
    """Return those of `speakers` that stand within reach of either end of the utterance."""
    found: dict[int, None] = {}
    for edge in (utterance.first, utterance.end):
        low, high = bisect_left(speakers, edge - _REACH), bisect_right(speakers, edge + _REACH)
        found.update(dict.fromkeys(speakers[low:high]))
    return list(found)


def _not_far_after(scene: Scene, token: int, final: int) -> bool:
    """Answer whether `token` stands before the paragraph's end, or signs it: "― Name"."""
    paragraphs = scene.tree.parse.paragraphs
    if paragraphs[token] <= paragraphs[final]:
        return True
    begin, earlier = scene.tree.paragraph(token)[0], scene.tree.paragraph(final)[1]
    return (
        begin == earlier and token - begin <= _LONGEST_SIGNATURE and scene.text(begin)[:1] in DASHES
    )
