"""What is true of each phrase that could name a speaker.

Nothing here decides: `speakers.py` adds up the weights of the features and chooses.
"""

import re
from collections.abc import Iterator, Sequence

from extractors.speech.constructions import source_of
from extractors.speech.scene import Scene, Utterance
from extractors.speech.surroundings import is_alone, is_same_name, memories, standing
from extractors.speech.syntax import SUBJECTS
from extractors.wordlists import word_classes

#: Classes of verbs, the surest reporters first.
_SURE = ("say", "write", "tell", "ask", "claim", "call", "praise", "blame", "promise", "think")
#: “I loved it.” ― Maria Duarte
_SIGNED = re.compile(r"[.!?…\"”’'»]*\s*[―—–-]{1,3}\s*")
_CUES = frozenset({"say", "write", "tell", "ask", "claim"})


def features_of(
    token: int, utterance: Utterance, scene: Scene, heard: Sequence[int], rank: int
) -> list[str]:
    """Return the names of what is true of the candidate `token`, as the weight table knows them.

    Args:
        token: head of the candidate's phrase.
        utterance: what was said.
        scene: where.
        heard: the tokens that were chosen for the utterances before, in order.
        rank: how many better placed candidates of the same side stand nearer.
    """
    where = _place(scene, utterance, token)
    who = _sort_of(scene, token)
    role = _role(scene, token)
    kind = "direct" if utterance.kind == "direct" else "report"
    verb = governor_of(scene, token)
    adjacent = _adjacent(scene, utterance, token, verb)
    distance = min(max(scene.distance(utterance, token), 0).bit_length(), 6)
    cued = _cue_side(scene, utterance)
    features = [
        f"{kind} where={where}",
        f"{kind} who={who}",
        f"{kind} where+who={where} {who}",
        f"{kind} role={role}",
        f"{kind} where+role={where} {role}",
        f"{kind} verb={_class_of(scene, verb)} {adjacent}",
        f"{kind} verb+where={_class_of(scene, verb)} {where}",
        f"{kind} {cued} where={where} distance={distance}",
        f"{kind} {cued} where={where} rank={min(rank, 3)}",
        f"{kind} {cued} adjacent={adjacent}",
        f"{kind} adjacent+who={adjacent} {who}",
        f"{kind} glue={_glue(scene, utterance, token)}",
        *_own_cue(scene, utterance, token, kind),
        *_signs(scene, utterance, token),
        *(f"{kind} {cued} {sign}" for sign in memories(scene, utterance, token, heard)),
        *(f"{kind} {sign}" for sign in standing(scene, utterance, token)),
    ]
    if heard and (token == heard[-1] or is_same_name(scene, token, heard[-1])):
        alone = is_alone(scene, utterance)
        features.append(f"{kind} {cued} last={where} {token == heard[-1]}")
        features.append(f"{kind} {cued} last alone={alone} {token == heard[-1]}")
    return features


def features_of_nobody(utterance: Utterance, scene: Scene) -> list[str]:
    """Return the names of what is true of `utterance` if it has no speaker at all."""
    kind = "direct" if utterance.kind == "direct" else "report"
    words = (utterance.rows[0][1] - utterance.rows[0][0]).bit_length()
    cue = utterance.cue
    return [
        f"{kind} nobody",
        f"nobody words={min(words, 6)} {kind}",
        f"nobody cued={_cue_side(scene, utterance)} {kind}",
        f"nobody alone={is_alone(scene, utterance)} {kind}",
        f"nobody cue={scene.tree.parse.tags[cue] if cue is not None else '-'}",
        f"nobody source={cue is not None and source_of(scene.tree, cue) is not None} {kind}",
    ]


def _place(scene: Scene, utterance: Utterance, token: int) -> str:
    parse = scene.tree.parse
    first = min(utterance.first, scene.tree.size - 1)
    final = min(max(utterance.end - 1, 0), scene.tree.size - 1)
    if parse.paragraphs[token] < parse.paragraphs[first]:
        return f"paragraph-{min(parse.paragraphs[first] - parse.paragraphs[token], 3)}"
    if parse.paragraphs[token] > parse.paragraphs[final]:
        return "next"
    if utterance.first < token < utterance.end:
        return "between"
    side = "before" if token < utterance.first else "after"
    near = first if side == "before" else final
    apart = abs(parse.sentences[token] - parse.sentences[near])
    return f"{side}{min(apart, 2)}"


def _sort_of(scene: Scene, token: int) -> str:
    parse = scene.tree.parse
    tag, lemma = parse.tags[token], parse.lemmas[token]
    if tag.startswith("PRP"):
        return "he" if lemma in {"he", "she"} else lemma
    if tag.startswith("W"):
        return lemma
    label = scene.label_of(token)
    return label if label else tag


def _role(scene: Scene, token: int) -> str:
    parse = scene.tree.parse
    relation, head = parse.relations[token], parse.heads[token]
    if relation == "pobj":
        grand = parse.lemmas[head]
        return f"pobj {grand if parse.pos[head] in {'ADP', 'SCONJ', 'VERB'} else ''}"
    if relation in {"conj", "appos"}:
        return f"{relation} {parse.relations[head]}"
    return relation


def governor_of(scene: Scene, token: int) -> int | None:
    """Return the verb whose subject or agent `token` is, a shared one included."""
    parse = scene.tree.parse
    if parse.relations[token] in SUBJECTS:
        return parse.heads[token]
    if parse.relations[token] == "pobj" and parse.relations[parse.heads[token]] == "agent":
        return parse.heads[parse.heads[token]]
    if parse.relations[token] in {"conj", "appos"}:
        head = parse.heads[token]
        return parse.heads[head] if parse.relations[head] in SUBJECTS else None
    clause = scene.tree.child(token, "relcl", "acl")
    if clause is not None and clause > token:
        return clause
    return None


def _class_of(scene: Scene, verb: int | None) -> str:
    if verb is None:
        return "none"
    classes = word_classes("reporting_verbs").get(scene.tree.parse.lemmas[verb], ())
    best = next((name for name in _SURE if name in classes), None)
    if best:
        return best
    tags = scene.tree.parse.tags
    return (
        classes[0] if classes else "be" if scene.tree.parse.lemmas[verb] == "be" else tags[verb][:1]
    )


def _adjacent(scene: Scene, utterance: Utterance, token: int, verb: int | None) -> str:
    """Return how close candidate and verb together stand to a row, and in which order."""
    if verb is None:
        return "none"
    low, high = scene.tree.phrase(token)[0], token
    low, high = min(low, verb), max(high, verb)
    apart = 99
    side = "-"
    for first, end in utterance.rows:
        if high < first:
            gap, name = scene.unquoted[first] - scene.unquoted[high + 1], "before"
        elif low >= end:
            gap, name = scene.unquoted[low] - scene.unquoted[end], "after"
        else:
            continue
        if gap < apart:
            apart, side = gap, name
    order = "sv" if token < verb else "vs"
    return f"{side} {order} {0 if apart == 0 else 1 if apart < 3 else 2 if apart < 8 else 3}"


def _own_cue(scene: Scene, utterance: Utterance, token: int, kind: str) -> Iterator[str]:
    if utterance.cue is None:
        return
    source = source_of(scene.tree, utterance.cue)
    if source == token:
        yield f"{kind} source"
        yield f"{kind} source {_sort_of(scene, token)}"
    elif source is None:
        yield f"{kind} no source {min(abs(token - utterance.cue).bit_length(), 6)}"
    for steps, head in enumerate(scene.tree.climb(utterance.cue, 6)):
        if head == governor_of(scene, token):
            yield f"{kind} above the cue {min(steps, 3)}"
            return


def _glue(scene: Scene, utterance: Utterance, token: int) -> str:
    """Return the sorts of words between the nearest row and the candidate's phrase, if few."""
    parse = scene.tree.parse
    low = scene.tree.phrase(token)[0]
    for first, end in utterance.rows:
        if 0 <= low - end <= 4:
            return "after " + " ".join(_sort(scene, place) for place in range(end, low))
        if 0 <= first - token - 1 <= 5 and parse.paragraphs[token] == parse.paragraphs[first - 1]:
            return "before " + " ".join(_sort(scene, place) for place in range(token + 1, first))
    return "-"


def _sort(scene: Scene, token: int) -> str:
    parse = scene.tree.parse
    if parse.pos[token] in {"PUNCT", "ADP", "SCONJ"}:
        return parse.lemmas[token]
    if parse.pos[token] == "VERB":
        return _class_of(scene, token)
    return parse.pos[token]


def _signs(scene: Scene, utterance: Utterance, token: int) -> Iterator[str]:
    """Yield what signs set candidate or utterance apart: colon, dash, label of a transcript."""
    parse, tree = scene.tree.parse, scene.tree
    first = utterance.first
    if token in scene.labels and 0 < first - token <= 3:
        yield f"label {'upper' if scene.text(token).isupper() else 'other'}"
    if _is_signature(scene, utterance, token):
        yield "signed"
    if 0 < first < tree.size and parse.lemmas[first - 1] == ":":
        same = parse.sentences[token] == parse.sentences[first - 1]
        yield f"colon {_role(scene, token) if same else 'other'}"


def _is_signature(scene: Scene, utterance: Utterance, token: int) -> bool:
    """Answer whether only closing marks and a dash stand between utterance and candidate."""
    parse, begin = scene.tree.parse, scene.tree.phrase(token)[0]
    if not utterance.end - 1 < begin <= utterance.end + 4:
        return False
    between = scene.article.text[parse.ends[utterance.end - 1] : parse.starts[begin]]
    return bool(_SIGNED.fullmatch(between))


def _cue_side(scene: Scene, utterance: Utterance) -> str:
    """Return on which side a reporting verb stands close by: after, before, or bare for neither."""
    for first, end in utterance.rows:
        if any(_is_near_cue(scene, place, first) for place in range(end, end + 6)):
            return "after"
        if any(_is_near_cue(scene, place, first) for place in range(first - 3, first)):
            return "before"
    return "bare" if utterance.cue is None else "cued"


def _is_near_cue(scene: Scene, place: int, first: int) -> bool:
    parse = scene.tree.parse
    return (
        0 <= place < scene.tree.size
        and parse.pos[place] == "VERB"
        and not scene.covered[place]
        and parse.paragraphs[place] == parse.paragraphs[min(first, scene.tree.size - 1)]
        and _class_of(scene, place) in _CUES
    )
