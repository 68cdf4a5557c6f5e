"""What is true of a candidate beyond its own phrase: who was heard, and where the phrase stands."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.speech.scene import Scene, Utterance
from extractors.speech.syntax import SUBJECTS
from extractors.wordlists import word_classes

_PERSONAL = frozenset({"i", "my", "me", "myself"})
_PLURAL = frozenset({"we", "our", "us"})
_MALE, _FEMALE = frozenset({"he", "his", "him"}), frozenset({"she", "her"})
_HEARD = 12  #: utterances back that are remembered
_READ = 60  #: tokens of an utterance that are read
_PRONOUNS = frozenset({"he", "she"})


def memories(scene: Scene, utterance: Utterance, token: int, heard: Sequence[int]) -> Iterator[str]:
    """Yield how lately and how often the candidate was heard before."""
    recent = heard[-_HEARD:]
    same = [place for place, other in enumerate(recent) if _is_same(scene, token, other)]
    yield f"heard={min(len(same), 3)} {_sort_of(scene, token)}"
    if same:
        yield f"heard ago={min(len(recent) - same[-1], 4)}"
    if recent:
        # One who spoke further on than the candidate stands has spoken since.
        since = any(other > token for other in recent if not _is_same(scene, token, other))
        yield f"since={since} {_sort_of(scene, token)}"
        apart = scene.tree.parse.paragraphs[min(utterance.first, scene.tree.size - 1)]
        apart -= scene.tree.parse.paragraphs[recent[-1]]
        if token == recent[-1]:
            yield f"last ago={min(max(apart, -1), 4)} {is_alone(scene, utterance)}"


def standing(scene: Scene, utterance: Utterance, token: int) -> Iterator[str]:
    """Yield where the candidate's phrase stands: in a report, under which verb, named how often."""
    parse, tree = scene.tree.parse, scene.tree
    relation, head = parse.relations[token], parse.heads[token]
    sort = _sort_of(scene, token)
    if scene.reported[token]:
        yield f"reported {sort}"
    yield f"under={relation} {parse.lemmas[head] if parse.pos[head] in {'VERB', 'AUX'} else '-'}"
    if relation in SUBJECTS:
        yield f"clause={parse.relations[head]} {sort}"
        yield f"verb={parse.tags[head]} {_class_of(scene, head)}"
    else:
        yield f"hangs={relation} {parse.relations[head]} {sort}"
    if parse.pos[token] == "NOUN":
        yield f"noun={parse.lemmas[token]}"
    for sign in utterance.persons:
        yield f"{sign} {sort} {parse.tags[token]}"
    if (mention := scene.mention_of.get(token)) and mention.entity in utterance.entities:
        yield "named within"
    yield f"begins={tree.phrase(token)[0] == 0 or _begins_sentence(scene, token)} {sort}"


def with_wording(utterance: Utterance, scene: Scene) -> Utterance:
    """Return `utterance` with the persons and the entities that its words speak of."""
    lemmas, mentions = scene.tree.parse.lemmas, scene.mention_of
    read = [t for first, end in utterance.rows for t in range(first, min(end, first + _READ))]
    words = {lemmas[token] for token in read}
    first = "I" if words & _PERSONAL else "we" if words & _PLURAL else "nobody"
    third = f"he {bool(words & _MALE)} she {bool(words & _FEMALE)}"
    named = (mentions[token].entity for token in read if token in mentions)
    return replace(
        utterance,
        persons=(f"first person={first}", f"third person={third}"),
        entities=frozenset(entity for entity in named if entity is not None),
    )


def is_alone(scene: Scene, utterance: Utterance) -> bool:
    """Answer whether the paragraph holds nothing but the utterance."""
    paragraphs = scene.tree.parse.paragraphs
    first = min(utterance.first, scene.tree.size - 1)
    low = bisect_left(paragraphs, paragraphs[first])
    high = bisect_right(paragraphs, paragraphs[max(0, min(utterance.end, scene.tree.size) - 1)])
    return scene.unquoted[high] - scene.unquoted[low] == 0


def is_same_name(scene: Scene, token: int, other: int) -> bool:
    """Answer whether both tokens stand in mentions of one entity."""
    one, two = scene.mention_of.get(token), scene.mention_of.get(other)
    return (
        one is not None and two is not None and one.entity is not None and one.entity == two.entity
    )


def _is_same(scene: Scene, token: int, other: int) -> bool:
    if token == other or is_same_name(scene, token, other):
        return True
    lemmas = scene.tree.parse.lemmas
    return lemmas[token] in _PRONOUNS and lemmas[token] == lemmas[other]


def _sort_of(scene: Scene, token: int) -> str:
    tag = scene.tree.parse.tags[token]
    if tag.startswith(("PRP", "W")):
        return scene.tree.parse.lemmas[token]
    return scene.label_of(token) or tag


def _class_of(scene: Scene, verb: int) -> str:
    classes = word_classes("reporting_verbs").get(scene.tree.parse.lemmas[verb], ())
    return classes[0] if classes else "-"


def _begins_sentence(scene: Scene, token: int) -> bool:
    sentences, begin = scene.tree.parse.sentences, scene.tree.phrase(token)[0]
    return sentences[begin] != sentences[begin - 1]
