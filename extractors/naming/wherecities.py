"""Cities whose land the article tells behind a comma: "Paris, Texas"."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extractors.naming.gazetteer import place_called
from extractors.naming.spans import Span, Words


def cities_in_full(words: Words, spans: Sequence[Span]) -> Mapping[Span, str]:
    """Return "Paris, Texas" for each of `spans` on the Paris that the article says is there.

    Nothing for cities that are where everybody thinks them: "Paris, France". A city told to be in
    one land only is that one in the whole article.
    """
    places = [span for span in spans if span.label == "PLACE"]
    own = dict(_told(words, places))
    if not own:
        return {}
    told: defaultdict[str, set[str]] = defaultdict(set)
    for span, whole in own.items():
        told[words.name(span)].add(whole)
    full = {
        span: next(iter(wholes))
        for span in places
        if len(wholes := told.get(words.name(span), set())) == 1
    }
    return {
        span: whole
        for span, whole in (full | own).items()
        if place_called(whole) != place_called(words.name(span))
    }


def _told(words: Words, places: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Yield the cities before a comma and their land, with it; none within a list of places."""
    for at, (city, land) in enumerate(pairwise(places)):
        is_listed = at > 0 and _are_joined(words, places[at - 1], city)
        if is_listed or not _are_joined(words, city, land):
            continue
        usual, whole = place_called(words.name(city)), f"{words.name(city)}, {words.name(land)}"
        if usual and usual.is_city and place_called(whole):
            yield city, whole


def _are_joined(words: Words, before: Span, behind: Span) -> bool:
    """Answer whether a comma and nothing else stands between two places on a line."""
    return words.texts[before.end : behind.first] == (",",) and words.is_one_line(
        before.first, behind.end
    )
