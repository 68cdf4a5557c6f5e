"""The rules that make the names of an article of what the model gives, in their order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractors.naming.companies import parts_typed_as_bodies, with_companies
from extractors.naming.contests import with_rows, with_teams
from extractors.naming.datelines import places_behind_in, with_datelines
from extractors.naming.fullnames import with_whole_names
from extractors.naming.headlines import with_headlines
from extractors.naming.joints import parted, with_hyphenated, without_compounds
from extractors.naming.missednames import persons_in_full, with_definitions, with_missed
from extractors.naming.nametypes import (
    cut_to_known_persons,
    surnames_as_persons,
    typed_by_majority,
    typed_by_words,
)
from extractors.naming.persons import typed_by_signs, with_aged
from extractors.naming.personspans import (
    cut_to_names,
    with_irish_surnames,
    with_nicknamed,
    with_surnames_behind,
    without_verbs,
)
from extractors.naming.spans import Span, Words, spans_in
from extractors.naming.speakerlabels import with_speaker_labels
from extractors.naming.suffixes import with_suffixes
from extractors.naming.trimming import all_trimmed, joined_at_particles, on_one_line, plausible


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A step from spans to better ones; in order and none over another, before it and after."""

    name: str  #: what it does, for a table
    apply: Callable[[Words, Iterable[Span]], Iterable[Span]]


RULES: tuple[Rule, ...] = (
    Rule(name="names joined at particles", apply=joined_at_particles),
    Rule(name="names parted at slash and dash", apply=parted),
    Rule(name="titles, articles, possessives off", apply=all_trimmed),
    Rule(name="what cannot be a name dropped", apply=plausible),
    Rule(name="nicknames in marks", apply=with_nicknamed),
    Rule(name="Irish surnames", apply=with_irish_surnames),
    Rule(name="surnames behind persons", apply=with_surnames_behind),
    Rule(name="full names seen in part", apply=with_whole_names),
    Rule(name="verbs behind persons off", apply=without_verbs),
    Rule(name="names before an age", apply=with_aged),
    Rule(name="signs of a person", apply=typed_by_signs),
    Rule(name="persons cut to their names", apply=cut_to_names),
    Rule(name="hyphenated names", apply=with_hyphenated),
    Rule(name="companies by legal form", apply=with_companies),
    Rule(name="datelines", apply=with_datelines),
    Rule(name="unknown names after in", apply=places_behind_in),
    Rule(name="labels of speakers", apply=with_speaker_labels),
    Rule(name="lists of names, telling words", apply=typed_by_words),
    Rule(name="persons cut to known names", apply=cut_to_known_persons),
    Rule(name="surnames typed as full names", apply=surnames_as_persons),
    Rule(name="parts of companies", apply=parts_typed_as_bodies),
    Rule(name="one type a name", apply=typed_by_majority),
    Rule(name="explained abbreviations", apply=with_definitions),
    Rule(name="full names typed as surnames", apply=persons_in_full),
    Rule(name="names missed elsewhere", apply=with_missed),
    Rule(name="Jr. and letters behind a comma", apply=with_suffixes),
    Rule(name="lines in capitals", apply=with_headlines),
    Rule(name="rows of results", apply=with_rows),
    Rule(name="cities that are teams", apply=with_teams),
    Rule(name="parts of compounds dropped", apply=without_compounds),
    Rule(name="nothing over a line's end", apply=on_one_line),
)


def recognised(words: Words, rules: Sequence[Rule] = RULES) -> list[Span]:
    """Return the names, dates and sums of money of an article, in order, none over another."""
    spans: Iterable[Span] = spans_in(words)
    for rule in rules:
        spans = rule.apply(words, spans)
    return list(spans)
