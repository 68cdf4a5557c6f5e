"""Which ids mean the same: a pure function of the ids held, whatever order they came in."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An entity id that some version has."""

    entity_id: str
    group_key: str | None = None  #: of those in the alias table: equal for ids that it makes one
    is_alone: bool = False  #: the alias table has it by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A claim that `plainer_id` is a plainer name of what `entity_id` is."""

    entity_id: str
    plainer_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What an id stands for."""

    canonical_id: str  #: smallest id of its group
    reason: str


@dataclass(slots=True)
class Merges:
    """What ids stand for, and which are kept apart since two fuller names fit one."""

    merged: dict[str, Merge] = field(default_factory=dict)
    contested: set[str] = field(default_factory=set)  #: the plainer, and all who claim them


def merges_of(held: Collection[Held], variants: Iterable[Variant]) -> Merges:
    """Return which of the ids `held` stand for others.

    A plainer name means whoever has the one fuller name it fits; one that fits two who are not
    the same merges with neither. The alias table comes before any name: its forms of one name are
    one, and fit whatever fits one of them; no name makes two of its names one.
    """
    node_of = {each.entity_id: each.group_key or each.entity_id for each in held}
    listed = {each.group_key for each in held}
    lonely = {node_of[each.entity_id] for each in held if each.is_alone}
    nodes = (
        (node_of[each.entity_id], node_of[each.plainer_id], each.reason)
        for each in variants
        if {each.entity_id, each.plainer_id} <= node_of.keys()
    )
    tree = _Tree(
        (fuller, plainer, reason)
        for fuller, plainer, reason in nodes
        if not {fuller, plainer} & lonely and not {fuller, plainer} <= listed
    )
    members = defaultdict(list)
    for entity_id, node in sorted(node_of.items()):
        members[tree.root(node)].append(entity_id)
    found = Merges()
    for group in members.values():
        canonical_id, *others = group
        for entity_id in others:
            reason = tree.reason(node_of[entity_id], node_of[canonical_id])
            found.merged[entity_id] = Merge(canonical_id=canonical_id, reason=reason)
    claiming = tree.claiming_contested(node_of.values())
    found.contested.update(
        entity_id
        for entity_id, node in node_of.items()
        if tree.is_contested(node) or tree.root(node) in claiming
    )
    return found


class _Tree:
    """Names, each below the one fuller name it fits.

    Args:
        edges: fuller name, plainer name, what the plainer one leaves out.
    """

    def __init__(self, edges: Iterable[tuple[str, str, str]]) -> None:
        self._fuller: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for fuller, plainer, reason in edges:
            if fuller != plainer:
                least = min(reason, self._fuller[plainer].get(fuller, reason))
                self._fuller[plainer][fuller] = least
        self._roots: dict[str, str] = {}

    def root(self, name: str) -> str:
        """Return the fullest name that `name` stands for: its own, unless just one fits."""
        if name not in self._roots:
            self._roots[name] = name  # also the answer where names go round in a circle
            above = self._roots_above(name)
            self._roots[name] = above.pop() if len(above) == 1 else name
        return self._roots[name]

    def is_contested(self, name: str) -> bool:
        """Answer whether `name` fits two who are not the same."""
        return len(self._roots_above(name)) > 1

    def claiming_contested(self, names: Iterable[str]) -> set[str]:
        """Return the roots of all that claim a contested one of `names`."""
        contested = (name for name in names if self.is_contested(name))
        return {root for name in contested for root in self._roots_above(name)}

    def reason(self, name: str, canonical: str) -> str:
        """Return why `name` and `canonical`, which have one root, are one."""
        if name == canonical:
            return "alias table"
        below = name if self.root(name) != name else canonical
        return min(self._fuller[below].values())

    def _roots_above(self, name: str) -> set[str]:
        return {self.root(fuller) for fuller in self._fuller.get(name, ())}


def changes(
    before: Mapping[str, Merge], held: Collection[str], now: Merges, *, otherwise: str
) -> list[dict[str, object]]:
    """Return the events that lead from the merges `before` to those of `now`, in order.

    Args:
        before: what ids stood for.
        held: the ids that some version has now.
        now: what they stand for.
        otherwise: why a merge is retracted if the ids held tell no reason.
    """
    events: list[dict[str, object]] = []
    for entity_id in sorted({*before, *now.merged}):
        was, is_now = before.get(entity_id), now.merged.get(entity_id)
        if was == is_now:
            continue
        if was and not (is_now and is_now.canonical_id == was.canonical_id):
            reason = _why_retracted(entity_id, was, held, now) or otherwise
            events.append(_event(entity_id, was.canonical_id, "retracted", reason))
        if is_now:
            events.append(_event(entity_id, is_now.canonical_id, "merged", is_now.reason))
    return [{"position": place} | event for place, event in enumerate(events)]


def _event(entity_id: str, canonical_id: str, event: str, reason: str) -> dict[str, object]:
    return {
        "entity_id": entity_id,
        "canonical_id": canonical_id,
        "event": event,
        "reason": reason,
    }


def _why_retracted(entity_id: str, was: Merge, held: Collection[str], now: Merges) -> str | None:
    if not {entity_id, was.canonical_id} <= set(held):
        return "no longer named"
    if now.contested & {entity_id, was.canonical_id}:
        return "two names fit"
    return "another canonical id" if entity_id in now.merged else None
