"""What is true of each phrase as the speaker of an utterance.

Nothing here decides: `speakers.py` adds up the weights of the features and chooses.
"""

import re
from collections.abc import Iterator

from extractors.speech.portraits import Cast, Portrait, is_thing
from extractors.speech.scene import Scene
from extractors.speech.surroundings import Setting
from extractors.wordlists import word_classes

#: “I loved it.” ― Maria Duarte
_SIGNED = re.compile(r"[.!?…\"”’'»]*\s*[―—–-]{1,3}\s*")
_NEAR = 5  #: tokens before a quotation among which the word before it is looked for


def features_of(one: Portrait, setting: Setting, cast: Cast, distance: int, rank: int) -> list[str]:
    """Return the names of what is true of `one` as the speaker, as the weight table knows them.

    What is true of it whatever is said is left out: that is `one.signs`.

    Args:
        one: the candidate.
        setting: of the utterance.
        cast: of the same scene.
        distance: how many words outside quotations stand between utterance and candidate.
        rank: how many subjects and agents of the same side stand nearer.
    """
    kind, scene = setting.kind, cast.scene
    lead, where = f"{kind} {setting.cued}", _place(setting, scene, one.token)
    adjacent = _adjacent(scene, setting, one)
    features = [
        f"{kind} where={where}",
        f"{kind} where+who={where} {one.who}",
        f"{kind} where+role={where} {one.role}",
        f"{kind} verb={one.verb_class} {adjacent}",
        f"{kind} verb+where={one.verb_class} {where}",
        f"{lead} where={where} distance={min(max(distance, 0).bit_length(), 6)}",
        f"{lead} where={where} rank={min(rank, 3)}",
        f"{lead} adjacent={adjacent}",
        f"{kind} adjacent+who={adjacent} {one.who}",
        f"{kind} glue={_glue(cast, setting, one)}",
        *_own_cue(setting, one),
        *_linked(setting, one),
        *_signs(scene, setting, one),
        *setting.hints.get(one.token, ()),
        *(f"{lead} {sign}" for sign in _memories(setting, one)),
        *(f"{kind} {sign} {one.sort} {_tag(scene, one)}" for sign in setting.utterance.persons),
    ]
    if one.entity in setting.utterance.entities:
        features.append(f"{kind} named within")
    is_last = one.token == setting.memory.last
    if is_last or (one.entity and one.name == setting.memory.last_name):
        features.append(f"{lead} last={where} {is_last}")
        features.append(f"{kind} joint={setting.joint} {is_last}")
        features.append(f"{lead} last alone={setting.is_alone} {is_last}")
    return features


def features_of_nobody(setting: Setting, scene: Scene) -> list[str]:
    """Return the names of what is true of an utterance if it has no speaker at all."""
    kind, cue = setting.kind, setting.utterance.cue
    first, end = setting.utterance.rows[0]
    return [
        f"{kind} nobody",
        f"nobody words={min((end - first).bit_length(), 6)} {kind}",
        f"nobody cued={setting.cued} {kind}",
        f"nobody alone={setting.is_alone} {kind}",
        f"nobody cue={scene.tree.parse.tags[cue] if cue is not None else '-'}",
        f"nobody source={setting.source is not None} {kind}",
        *(["names a thing"] if _names_thing(setting, scene) else []),
    ]


def _names_thing(setting: Setting, scene: Scene) -> bool:
    """Answer whether the words in marks stand behind what they name: her album, “Red Barn”."""
    parse, first = scene.tree.parse, setting.utterance.first
    near = range(first - 1, max(first - _NEAR, -1), -1)
    before = next((token for token in near if scene.tree.is_word(token)), None)
    return (
        before is not None
        and setting.kind == "direct"
        and not scene.covered[before]
        and parse.sentences[before] == parse.sentences[min(first, scene.tree.size - 1)]
        and parse.lemmas[before] not in word_classes("reporting_nouns")
        and parse.tags[before] in {"NN", "NNS"}
        and is_thing(scene, before)
    )


def _tag(scene: Scene, one: Portrait) -> str:
    return scene.tree.parse.tags[one.token]


def _place(setting: Setting, scene: Scene, token: int) -> str:
    parse, utterance = scene.tree.parse, setting.utterance
    paragraph = parse.paragraphs[token]
    if paragraph < setting.paragraphs[0]:
        return f"paragraph-{min(setting.paragraphs[0] - paragraph, 3)}"
    if paragraph > setting.paragraphs[1]:
        return "next"
    if token < utterance.first:
        return f"before{min(abs(parse.sentences[token] - setting.sentences[0]), 2)}"
    if utterance.first < token < utterance.end:
        return "between"
    return f"after{min(abs(parse.sentences[token] - setting.sentences[1]), 2)}"


def _adjacent(scene: Scene, setting: Setting, one: Portrait) -> str:
    """Return how close candidate and verb together stand to a row, and in which order."""
    if one.verb is None:
        return "none"
    (low, high), unquoted = one.reach, scene.unquoted
    apart, side = 99, "-"
    for first, end in setting.utterance.rows:
        if high < first:
            gap, name = unquoted[first] - unquoted[high + 1], "before"
        elif low >= end:
            gap, name = unquoted[low] - unquoted[end], "after"
        else:
            continue
        if gap < apart:
            apart, side = gap, name
    order = "sv" if one.token < one.verb else "vs"
    return f"{side} {order} {0 if apart == 0 else 1 if apart < 3 else 2 if apart < 8 else 3}"


def _glue(cast: Cast, setting: Setting, one: Portrait) -> str:
    """Return the sorts of words between the nearest row and the candidate's phrase, if few."""
    paragraphs = cast.scene.tree.parse.paragraphs
    low, token = one.begin, one.token
    for first, end in setting.utterance.rows:
        if 0 <= low - end <= 4:
            return "after " + " ".join(cast.sort(place) for place in range(end, low))
        if 0 < first - token <= 6 and paragraphs[token] == paragraphs[first - 1]:
            return "before " + " ".join(cast.sort(place) for place in range(token + 1, first))
    return "-"


def _own_cue(setting: Setting, one: Portrait) -> Iterator[str]:
    kind, cue = setting.kind, setting.utterance.cue
    if cue is None:
        return
    if setting.source == one.token:
        yield f"{kind} source"
        yield f"{kind} source {one.who}"
    elif setting.source is None:
        yield f"{kind} no source {min(abs(one.token - cue).bit_length(), 6)}"
    if one.verb is not None and one.verb in setting.above:
        yield f"{kind} above the cue {min(setting.above[one.verb], 3)}"


def _linked(setting: Setting, one: Portrait) -> Iterator[str]:
    """Yield what ties the candidate to the verbs beside the words and above them."""
    for link in setting.links:
        lead = f"{setting.kind} {link.side}"
        if link.source == one.token:
            yield f"{lead} source {link.verb_class}"
            yield f"{lead} source {one.who}"
        elif link.source is not None:
            yield f"{lead} another source"
        if one.verb is not None and one.verb in link.above:
            yield f"{lead} above {min(link.above[one.verb], 3)}"


def _signs(scene: Scene, setting: Setting, one: Portrait) -> Iterator[str]:
    """Yield what signs set candidate or utterance apart: colon, dash, label of a transcript."""
    parse, first = scene.tree.parse, setting.utterance.first
    if 0 < first - one.token <= 3 and one.token in scene.labels:
        yield f"label {'upper' if scene.text(one.token).isupper() else 'other'}"
    if _is_signature(scene, setting, one):
        yield "signed"
    if 0 < first < scene.tree.size and parse.lemmas[first - 1] == ":":
        same = parse.sentences[one.token] == parse.sentences[first - 1]
        yield f"colon {one.role if same else 'other'}"


def _is_signature(scene: Scene, setting: Setting, one: Portrait) -> bool:
    """Answer whether only closing marks and a dash stand between utterance and candidate."""
    end = setting.utterance.end
    if not end - 1 < one.begin <= end + 4:
        return False
    parse = scene.tree.parse
    between = scene.article.text[parse.ends[end - 1] : parse.starts[one.begin]]
    return bool(_SIGNED.fullmatch(between))


def _memories(setting: Setting, one: Portrait) -> Iterator[str]:
    """Yield how lately and how often the candidate was heard before."""
    memory = setting.memory
    times = memory.times(one.name)
    yield f"heard={min(times, 3)} {one.sort}"
    if times:
        yield f"heard ago={min(memory.ago(one.name), 4)}"
    if memory.last is not None:
        yield f"since={memory.is_past(one.name, one.token)} {one.sort}"
        if one.token == memory.last:
            apart = setting.paragraphs[0] - memory.paragraph
            yield f"last ago={min(max(apart, -1), 4)} {setting.is_alone}"
