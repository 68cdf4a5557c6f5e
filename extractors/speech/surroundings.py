"""What is true around an utterance, whoever says it: looked at once for each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.speech.constructions import source_of
from extractors.speech.hints import hints_of
from extractors.speech.portraits import Cast
from extractors.speech.scene import Heard, Scene, Utterance
from extractors.speech.verbsbeside import Link, links_of

_I_FORMS = frozenset({"i", "my", "me", "myself"})
_WE_FORMS = frozenset({"we", "our", "us"})
_MALE, _FEMALE = frozenset({"he", "his", "him"}), frozenset({"she", "her"})
_HEARD = 12  #: utterances back that are remembered
_FEW = 4  #: words between two utterances that are named
_READ = 60  #: tokens of an utterance that are read


class Memory:
    """Who was heard before an utterance, as far back as counts."""

    def __init__(self, cast: Cast, heard: Sequence[Heard]) -> None:
        recent = [each.speaker for each in heard[-_HEARD:]]
        names = [cast.portrait(token).name for token in recent]
        self.last = recent[-1] if recent else None
        self.last_name = names[-1] if names else None
        self.paragraph = cast.scene.tree.parse.paragraphs[recent[-1]] if recent else 0
        self._spoken = len(recent)
        self._times: dict[str | int, int] = {}
        self._place: dict[str | int, int] = {}
        self._furthest: dict[str | int, int] = {}
        for place, (name, token) in enumerate(zip(names, recent, strict=True)):
            self._times[name] = self._times.get(name, 0) + 1
            self._place[name] = place
            self._furthest[name] = max(token, self._furthest.get(name, 0))

    def times(self, name: str | int) -> int:
        """Return how often `name` was heard."""
        return self._times.get(name, 0)

    def ago(self, name: str | int) -> int:
        """Return how many utterances ago `name` was heard, 1 for the last."""
        return self._spoken - self._place[name]

    def is_past(self, name: str | int, token: int) -> bool:
        """Answer whether another than `name` was heard who stands behind `token`."""
        return any(far > token for other, far in self._furthest.items() if other != name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """An utterance with what is true around it."""

    utterance: Utterance
    kind: str  #: "direct", or "report"
    paragraphs: tuple[int, int]  #: of its first and its last token
    sentences: tuple[int, int]
    is_alone: bool  #: the paragraph holds nothing else
    cued: str  #: its reporting verb: close by "after" or "before", "cued" farther off, "bare"
    source: int | None  #: head of the phrase that the parse makes the source of its cue
    above: Mapping[int, int]  #: what governs its cue, and how far above
    links: tuple[Link, ...]
    joint: str  #: what stands between it and the last utterance heard
    memory: Memory
    hints: Mapping[int, tuple[str, ...]]  #: constructions that point to a phrase, by its head


def setting_of(utterance: Utterance, cast: Cast, heard: Sequence[Heard]) -> Setting:
    """Return `utterance` with what is true around it.

    Args:
        utterance: what is said.
        cast: who could say it.
        heard: the utterances before whose speakers are known, in order.
    """
    tree, cue = cast.scene.tree, utterance.cue
    first = min(utterance.first, tree.size - 1)
    final = max(min(utterance.end, tree.size) - 1, 0)
    climb = [] if cue is None else list(tree.climb(cue, 6))
    is_alone, cued = _is_alone(cast.scene, first, final), _cue_side(cast.scene, utterance)
    return Setting(
        utterance=utterance,
        kind="direct" if utterance.kind == "direct" else "report",
        paragraphs=(tree.parse.paragraphs[first], tree.parse.paragraphs[final]),
        sentences=(tree.parse.sentences[first], tree.parse.sentences[final]),
        is_alone=is_alone,
        cued=cued,
        source=None if cue is None else source_of(tree, cue),
        above={head: steps for steps, head in enumerate(climb)},
        links=tuple(links_of(utterance, cast.scene)),
        joint=_joint(cast, heard[-1].end, first) if heard else "none",
        memory=Memory(cast, heard),
        hints=_hints(utterance, cast, heard, is_alone=is_alone, is_told=cued in {"after", "cued"}),
    )


def _hints(
    utterance: Utterance, cast: Cast, heard: Sequence[Heard], *, is_alone: bool, is_told: bool
) -> Mapping[int, tuple[str, ...]]:
    if utterance.kind != "direct" or utterance.first >= cast.scene.tree.size:
        return {}
    hints: dict[int, tuple[str, ...]] = {}
    for hint in hints_of(utterance, cast, heard, is_alone=is_alone, is_told=is_told):
        hints[hint.token] = (*hints.get(hint.token, ()), hint.name)
    return hints


def with_wording(utterance: Utterance, scene: Scene) -> Utterance:
    """Return `utterance` with the persons and the entities that its words speak of."""
    lemmas, mentions = scene.tree.parse.lemmas, scene.mention_of
    read = [t for first, end in utterance.rows for t in range(first, min(end, first + _READ))]
    words = {lemmas[token] for token in read}
    first = "I" if words & _I_FORMS else "we" if words & _WE_FORMS else "nobody"
    third = f"he {bool(words & _MALE)} she {bool(words & _FEMALE)}"
    named = (mentions[token].entity for token in read if token in mentions)
    return replace(
        utterance,
        persons=(f"first person={first}", f"third person={third}"),
        entities=frozenset(entity for entity in named if entity is not None),
    )


def _joint(cast: Cast, end: int, first: int) -> str:
    """Return the sorts of the words between two utterances if few, else how far they are apart."""
    parse, last = cast.scene.tree.parse, max(end - 1, 0)
    if parse.paragraphs[last] != parse.paragraphs[first]:
        return f"paragraph {min(parse.paragraphs[first] - parse.paragraphs[last], 3)}"
    if 0 <= first - end <= _FEW:
        return "sorts " + " ".join(cast.sort(place) for place in range(end, first))
    apart = cast.scene.unquoted[first] - cast.scene.unquoted[last]
    is_same = parse.sentences[last] == parse.sentences[first]
    return f"same={is_same} gap={min(apart.bit_length(), 5)}"


def _is_alone(scene: Scene, first: int, final: int) -> bool:
    low, high = scene.tree.paragraph(first)[0], scene.tree.paragraph(final)[1]
    return scene.unquoted[high] - scene.unquoted[low] == 0


def _cue_side(scene: Scene, utterance: Utterance) -> str:
    for first, end in utterance.rows:
        if _has_cue(scene, range(end, end + 6), first):
            return "after"
        if _has_cue(scene, range(first - 3, first), first):
            return "before"
    return "bare" if utterance.cue is None else "cued"


def _has_cue(scene: Scene, places: Iterable[int], first: int) -> bool:
    """Answer whether a reporting verb stands at one of `places`, in the paragraph of `first`."""
    parse, size = scene.tree.parse, scene.tree.size
    paragraph = parse.paragraphs[min(first, size - 1)]
    return any(
        0 <= place < size
        and scene.tree.reports_speech(place)
        and not scene.covered[place]
        and parse.paragraphs[place] == paragraph
        for place in places
    )
