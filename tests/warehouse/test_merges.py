"""Which ids mean the same, told from the ids and claims alone."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.merges import Held, Merge, Merges, Variant, changes, merges_of

GROUPS = {
    "a plainer name means the one fuller name it fits": (
        ["John F. Kennedy", "John Kennedy"],
        [("John F. Kennedy", "John Kennedy")],
        {"John Kennedy": "John F. Kennedy"},
    ),
    "a name that nobody has merges nothing": (
        ["John F. Kennedy", "John G. Kennedy"],
        [("John F. Kennedy", "John Kennedy"), ("John G. Kennedy", "John Kennedy")],
        {},
    ),
    "a name that two fit merges with neither": (
        ["John F. Kennedy", "John G. Kennedy", "John Kennedy"],
        [("John F. Kennedy", "John Kennedy"), ("John G. Kennedy", "John Kennedy")],
        {},
    ),
    "two fuller names that are one are one": (
        ["José F. Peña", "José Peña", "Jose Pena"],
        [
            ("José F. Peña", "José Peña"),
            ("José F. Peña", "Jose Pena"),
            ("José Peña", "Jose Pena"),
        ],
        {"José F. Peña": "Jose Pena", "José Peña": "Jose Pena"},
    ),
    "names go through others": (
        ["Ann B. Cole", "Ann Bea Cole", "Ann Cole"],
        [("Ann Bea Cole", "Ann B. Cole"), ("Ann B. Cole", "Ann Cole")],
        {"Ann Bea Cole": "Ann B. Cole", "Ann Cole": "Ann B. Cole"},
    ),
    "what fits two does not part what is below it": (
        ["Ann B. Cole", "Ann Bea Cole", "Ann Bo Cole", "Ann Cole"],
        [
            ("Ann Bea Cole", "Ann B. Cole"),
            ("Ann Bo Cole", "Ann B. Cole"),
            ("Ann B. Cole", "Ann Cole"),
        ],
        {"Ann Cole": "Ann B. Cole"},
    ),
    "a claim on itself is none": (["ABC"], [("ABC", "ABC")], {}),
}


def held(*names, aliases=None):
    aliases = aliases or {}
    return [Held(entity_id=name, group_key=aliases.get(name)) for name in names]


def claims(*pairs):
    return [Variant(entity_id=one, plainer_id=other, reason="r") for one, other in pairs]


def canonical(merges):
    return {entity_id: merge.canonical_id for entity_id, merge in merges.merged.items()}


@pytest.mark.parametrize(("names", "pairs", "expected"), GROUPS.values(), ids=GROUPS)
def test_names_that_mean_the_same_are_one(names, pairs, expected):
    merges = merges_of(held(*names), claims(*pairs))

    assert canonical(merges) == expected


def test_the_order_in_which_names_come_changes_nothing():
    names, pairs, _ = GROUPS["names go through others"]

    found = [merges_of(held(*order), claims(*pairs)).merged for order in permutations(names)]

    assert all(each == found[0] for each in found)


@given(
    pairs=st.lists(st.tuples(*[st.sampled_from("abcdefg")] * 2), max_size=12),
    names=st.permutations("abcdefg"),
)
@settings(max_examples=200, derandomize=True, deadline=None)
def test_every_group_has_one_canonical_id_which_is_its_smallest(pairs, names):
    merges = merges_of(held(*sorted(names)), claims(*pairs))

    for entity_id, merge in merges.merged.items():
        assert merge.canonical_id < entity_id
        assert merge.canonical_id not in merges.merged


def test_the_alias_table_makes_one_what_no_name_tells():
    merges = merges_of(held("Ann Cole", "Nan", aliases={"Ann Cole": "g", "Nan": "g"}), [])

    assert merges.merged == {"Nan": Merge(canonical_id="Ann Cole", reason="alias table")}


def test_the_alias_table_settles_what_fits_two():
    aliases = {"John F. Kennedy": "g", "John Kennedy": "g"}
    names = ["John F. Kennedy", "John G. Kennedy", "John Kennedy"]
    pairs = [("John F. Kennedy", "John Kennedy"), ("John G. Kennedy", "John Kennedy")]

    merges = merges_of(held(*names, aliases=aliases), claims(*pairs))

    assert canonical(merges)["John Kennedy"] == "John F. Kennedy"


def test_what_the_alias_table_has_merges_with_nothing_that_it_is_not_listed_with():
    names = ["Bus Authority (UDBA)", "Brewers Association (UDBA)", "UDBA"]
    aliases = {"Bus Authority (UDBA)": "g", "UDBA": "g"}

    merges = merges_of(
        held(*names, aliases=aliases), claims((names[0], names[2]), (names[1], names[2]))
    )

    assert canonical(merges) == {"UDBA": "Bus Authority (UDBA)"}


def test_two_names_of_the_alias_table_stay_two():
    aliases = {"Ann B. Cole": "g", "Bea": "g", "Ann Cole": "h", "Nan": "h"}

    merges = merges_of(held(*aliases, aliases=aliases), claims(("Ann B. Cole", "Ann Cole")))

    assert canonical(merges) == {"Bea": "Ann B. Cole", "Nan": "Ann Cole"}


def test_whoever_claims_what_another_claims_too_is_contested():
    names, pairs, _ = GROUPS["what fits two does not part what is below it"]

    merges = merges_of(held(*names, "Bo Lind"), claims(*pairs))

    assert merges.contested == {"Ann B. Cole", "Ann Bea Cole", "Ann Bo Cole"}


def test_a_merge_for_another_reason_is_no_retraction():
    was = {"b": Merge(canonical_id="a", reason="accents")}
    is_now = {"b": Merge(canonical_id="a", reason="alias table")}

    [event] = changes(was, set("ab"), Merges(merged=is_now), otherwise="alias table")

    assert (event["event"], event["reason"]) == ("merged", "alias table")


STEPS = {
    "a merge": ({}, {"b": "a"}, (), [("b", "a", "merged", "r")]),
    "nothing new": ({"b": "a"}, {"b": "a"}, (), []),
    "a second name fits": ({"b": "a"}, {}, {"b"}, [("b", "a", "retracted", "two names fit")]),
    "nothing of names": ({"b": "a"}, {}, (), [("b", "a", "retracted", "alias table")]),
    "a name is gone": ({"z": "a"}, {}, (), [("z", "a", "retracted", "no longer named")]),
    "a smaller id comes": (
        {"c": "b"},
        {"c": "a", "b": "a"},
        (),
        [
            ("b", "a", "merged", "r"),
            ("c", "b", "retracted", "another canonical id"),
            ("c", "a", "merged", "r"),
        ],
    ),
}


@pytest.mark.parametrize(("before", "now", "contested", "expected"), STEPS.values(), ids=STEPS)
def test_events_lead_from_what_was_to_what_is(before, now, contested, expected):
    was = {one: Merge(canonical_id=other, reason="r") for one, other in before.items()}
    is_now = {one: Merge(canonical_id=other, reason="r") for one, other in now.items()}

    merges = Merges(merged=is_now, contested=set(contested))
    events = changes(was, set("abc"), merges, otherwise="alias table")

    told = [tuple(event[key] for key in ("entity_id", "canonical_id", "event", "reason"))
            for event in events]  # fmt: skip
    assert told == expected
    assert [event["position"] for event in events] == list(range(len(events)))
