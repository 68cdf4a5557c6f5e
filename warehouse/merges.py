"""Which ids mean the same: a pure function of the ids held, whatever order they came in."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

#: The reason of what the user says, and of what that parts.
ALIAS_TABLE = "alias table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An entity id that some version has."""

    entity_id: str
    group_key: str | None = None  #: of those in the alias table: equal for ids that it makes one


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
    the same merges with neither. What the alias table has is one with what it is listed with, and
    with nothing else.
    """
    listed = {each.entity_id: each.group_key for each in held if each.group_key}
    free = {each.entity_id for each in held} - listed.keys()
    tree = _Tree(each for each in variants if {each.entity_id, each.plainer_id} <= free)
    members = defaultdict(list)
    for entity_id in sorted(each.entity_id for each in held):
        members[listed.get(entity_id) or tree.root(entity_id)].append(entity_id)
    found = Merges()
    for canonical_id, *others in members.values():
        for entity_id in others:
            reason = ALIAS_TABLE if entity_id in listed else tree.reason(entity_id, canonical_id)
            found.merged[entity_id] = Merge(canonical_id=canonical_id, reason=reason)
    found.contested.update(tree.contested(free))
    return found


class _Tree:
    """Ids, each below the one of the fuller name that its own fits."""

    def __init__(self, variants: Iterable[Variant]) -> None:
        self._fuller: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for each in variants:
            if each.entity_id != each.plainer_id:
                known = self._fuller[each.plainer_id].get(each.entity_id, each.reason)
                self._fuller[each.plainer_id][each.entity_id] = min(each.reason, known)
        self._roots: dict[str, str] = {}

    def root(self, entity_id: str) -> str:
        """Return the id with the fullest name that this one means: itself, unless just one fits."""
        if entity_id not in self._roots:
            self._roots[entity_id] = entity_id  # the answer too where names go round in a circle
            above = self._roots_above(entity_id)
            self._roots[entity_id] = above.pop() if len(above) == 1 else entity_id
        return self._roots[entity_id]

    def contested(self, entity_ids: Collection[str]) -> set[str]:
        """Return the ids that are kept apart: those whose name fits two, and these two."""
        roots_above = [self._roots_above(each) for each in entity_ids]
        claiming = {root for roots in roots_above if len(roots) > 1 for root in roots}
        return {
            each
            for each, roots in zip(entity_ids, roots_above, strict=True)
            if len(roots) > 1 or self.root(each) in claiming
        }

    def reason(self, entity_id: str, canonical_id: str) -> str:
        """Return why two ids that have one root are one."""
        below = canonical_id if self.root(entity_id) == entity_id else entity_id
        return min(self._fuller[below].values())

    def _roots_above(self, entity_id: str) -> set[str]:
        return {self.root(fuller) for fuller in self._fuller.get(entity_id, ())}


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
    if was.reason == ALIAS_TABLE:
        return ALIAS_TABLE
    if now.contested & {entity_id, was.canonical_id}:
        return "two names fit"
    return "another canonical id" if entity_id in now.merged else None
