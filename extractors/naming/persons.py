"""What shows that words name a person, and where the name begins and ends."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.naming.gazetteer import organisation_called, place_called
from extractors.naming.names import PARTICLES, goes_by, is_first_name
from extractors.naming.spans import LETTERS, WITHOUT_ENTITY, Span, Words, trimmed
from extractors.wordlists import word_classes, words_in

_MOST_WORDS = 4  #: of a name
_FULL = 2  #: words of a name that is no lone surname
_NEAR = 12  #: words from a name to what explains it
_AGE = re.compile(r"[1-9]\d|1[01]\d")
_OPENING = frozenset("\"“‘'(")
_CLOSING = frozenset("\"”’')")
_IRISH = re.compile(r"[OD][’'‘ʼ][A-Z]\w")
_POSSESSIVES = frozenset({"'s", "’s"})
_OWNING = frozenset((sign,) for sign in _POSSESSIVES)
#: What stands between names, or around a remark, and never in a name.
_SIGNS = frozenset({"—", "–", "-", "|", ":", "/", ";", "“", "”", '"', "(", ")", "["})
#: Behind a person, not in the name: "Ada Okafor of the council".
_TAILS = frozenset({"of", "and", ","})
#: How words end that say what somebody does.
_ENDINGS = ("ist", "ian", "aire", "yer", "tor", "winner", "keeper", "writer", "maker", "owner")
#: Titles that stand before no name but a person's.
_SURE_TITLES = frozenset(
    [
        *("mr", "mrs", "ms", "dr", "prof", "professor", "sen", "senator", "rep", "gov", "mayor"),
        *("congressman", "congresswoman", "governor", "councillor", "cllr", "commissioner"),
        *("det", "detective", "sgt", "sergeant", "insp", "inspector", "superintendent", "sheriff"),
        *("minister", "secretary", "spokesman", "spokeswoman", "sir", "dame", "rev", "constable"),
    ]
)
_SAYING = frozenset({"say", "tell", "add", "explain", "recall", "reply", "answer"})


def persons_set_right(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, in order, with those on persons typed so and cut to the name.

    A person is a name of two to four words before an age or ", who", behind a sure title, one
    that says what "she" does, and one that begins with a first name and says something or is
    explained as somebody. Cut off are what a name never holds (a dash, a colon, "CNN's", "and")
    and the trade before a first name: "Librarian Ada Okafor".
    """
    nicknamed = list(_nicknamed(words))
    inside = {index for span in nicknamed for index in range(span.first, span.end)}
    spans = [span for span in spans if inside.isdisjoint(range(span.first, span.end))]
    spans = [*nicknamed, *spans]
    spans = [_without_verb(words, _with_irish_surname(words, span)) for span in spans]
    taken = {index for span in spans for index in range(span.first, span.end)}
    typed = [
        trimmed(words, replace(span, label="PERSON")) if _is_person(words, span) else span
        for span in (*spans, *_aged(words, taken))
    ]
    cut = [
        _with_letters(words, _cut(words, span)) if span.label == "PERSON" else span
        for span in typed
    ]
    return sorted(cut, key=lambda span: span.first)


def _nicknamed(words: Words) -> Iterator[Span]:
    """Yield the names with a nickname in marks: "Robert “Bobby” Okafor"."""
    texts = words.texts
    for mark in range(1, len(texts) - 3):
        if texts[mark] not in _OPENING or texts[mark + 2] not in _CLOSING:
            continue
        first, end = mark - 1, mark + 4
        is_name = (
            is_first_name(texts[first]) and words.is_proper(first) and words.is_proper(end - 1)
        )
        if is_name and texts[mark + 1].istitle() and words.is_one_line(first, end):
            yield Span(first=first, end=end, label="PERSON")


def _with_irish_surname(words: Words, span: Span) -> Span:
    """Return "Ada O’Hara-Lind", typed PERSON, for "Ada" or "Ada O’Hara" in front of the rest."""
    texts, end = words.texts, span.end
    if end < len(texts) and _IRISH.match(texts[end]) and span.end - span.first == 1:
        end += 1
    elif not _IRISH.match(texts[_first_of_surname(words, span)]):
        return span
    while texts[end : end + 1] == ("-",) and _is_hyphen(words, end) and texts[end + 1].istitle():
        end += 2
    is_whole = is_first_name(texts[span.first]) and words.is_one_line(span.first, end)
    return Span(first=span.first, end=end, label="PERSON") if is_whole else span


def _first_of_surname(words: Words, span: Span) -> int:
    """Return where the parts of the last name begin that hyphens join."""
    first = span.end - 1
    while first - 1 > span.first and _is_hyphen(words, first - 1):
        first -= 2
    return first


def _without_verb(words: Words, span: Span) -> Span:
    """Return "Ada Okafor" for "Ada Okafor Backs Ferry", and for "Will Ada Okafor" of a headline."""
    if span.label not in {"PERSON", "ORG", "PLACE", "PRODUCT"}:
        return span
    parse, first = words.parse, span.first
    if parse.tags[first] == "MD" and span.end - first > 1:
        return replace(span, first=first + 1)
    for at in range(first + 1, span.end):
        is_verb = parse.tags[at] in {"VBZ", "VBD", "VBP"}
        if is_verb and (parse.heads[at - 1], parse.relations[at - 1]) == (at, "nsubj"):
            is_full = at - first > 1 and is_first_name(words.texts[first])
            if is_full or words.texts[at - 1] in words.surnames:
                return Span(first=first, end=at, label="PERSON")
    return span


def _is_person(words: Words, span: Span) -> bool:
    if span.label in {"PERSON", *WITHOUT_ENTITY} or not _may_be_person(words, span):
        return False
    title = words.texts[span.first].casefold().rstrip(".")
    is_with_trade = title in words_in("trades") and span.end - span.first > _FULL
    return (
        is_with_trade
        or title in _SURE_TITLES
        or any(tells(words, span) for tells in (_has_age_behind, _is_who, _speaks, _is_he))
        or _is_described(words, span)
        or _describes(words, span)
    )


def _may_be_person(words: Words, span: Span) -> bool:
    texts = words.texts[span.first : span.end]
    name = words.name(span)
    lists = ("org_words", "place_words", "event_words", "not_names")
    return (
        1 < len(texts) <= _MOST_WORDS
        and all(text.istitle() or text in PARTICLES for text in texts)
        and not any(text.casefold() in words_in(one) for text in texts for one in lists)
        and organisation_called(name) is None
        and place_called(name) is None
    )


def _has_age(words: Words, end: int) -> bool:
    """Answer whether ", 61," stands at word `end`."""
    after = words.texts[end : end + 3]
    return (
        len(after) == 3
        and after[0] == ","
        and _AGE.fullmatch(after[1]) is not None
        and after[2] in {",", "."}
    )


def _has_age_behind(words: Words, span: Span) -> bool:
    return _has_age(words, span.end)


def _is_who(words: Words, span: Span) -> bool:
    return words.texts[span.end : span.end + 2] == (",", "who")


def _speaks(words: Words, span: Span) -> bool:
    parse, last = words.parse, span.end - 1
    return (
        is_first_name(words.texts[span.first])
        and words.is_subject(last)
        and parse.lemmas[parse.heads[last]] in _SAYING
    )


def _is_described(words: Words, span: Span) -> bool:
    """Answer whether a noun for people explains the name: "Ada Okafor, director of the ferry"."""
    parse, last = words.parse, span.end - 1
    return is_first_name(words.texts[span.first]) and any(
        parse.heads[at] == last
        and parse.relations[at] == "appos"
        and (parse.lemmas[at] in words_in("titles") or parse.lemmas[at] in word_classes("roles"))
        for at in range(span.end, min(span.end + _NEAR, len(parse.heads)))
    )


def _describes(words: Words, span: Span) -> bool:
    """Answer whether the name explains a noun for people: "the council's leader, Ada Okafor"."""
    parse, last = words.parse, span.end - 1
    head = parse.heads[last]
    return (
        is_first_name(words.texts[span.first])
        and parse.relations[last] == "appos"
        and parse.tags[head] == "NN"
        and "person" in word_classes("roles").get(parse.lemmas[head], ())
    )


def _is_he(words: Words, span: Span) -> bool:
    """Answer whether the clause goes on with "she": "Ifeoma Okafor claimed she would win"."""
    parse, last = words.parse, span.end - 1
    verb = parse.heads[last]
    return parse.relations[last] == "nsubj" and any(
        parse.lemmas[at] in {"he", "she"}
        and parse.relations[at] == "nsubj"
        and parse.relations[parse.heads[at]] == "ccomp"
        and parse.heads[parse.heads[at]] == verb
        for at in range(verb + 1, min(verb + _NEAR, len(parse.heads)))
    )


def _aged(words: Words, taken: set[int]) -> Iterator[Span]:
    """Yield the names before an age that the model has missed: "Ada Okafor, 61, said"."""
    for comma, text in enumerate(words.texts):
        if text != "," or not _has_age(words, comma):
            continue
        first = comma
        while first > 0 and comma - first < _MOST_WORDS and words.is_proper(first - 1):
            first -= 1
        span = Span(first=first, end=comma, label="PERSON")
        is_free = taken.isdisjoint(range(first, comma))
        if is_free and comma - first > 1 and words.is_one_line(first, comma):
            while not is_first_name(words.texts[span.first]) and span.end - span.first > 2:
                span = replace(span, first=span.first + 1)
            if _may_be_person(words, span):
                yield span


def _cut(words: Words, span: Span) -> Span:
    """Return the person `span` without what is no part of the name."""
    if organisation_called(words.name(span)) or goes_by(words.name(span)):
        return span
    span = _between_signs(words, span)
    while span.end - span.first > 1 and not any(map(str.isalpha, words.texts[span.first])):
        span = replace(span, first=span.first + 1)  # "10:04 OKAFOR:"
    while span.end - span.first > 1 and _is_before_name(words.texts[span.first : span.end]):
        span = replace(span, first=span.first + 1)
    return span


def _with_letters(words: Words, span: Span) -> Span:
    """Return `span` with the letters behind the name, which the parse takes for its last word."""
    end = span.end
    while words.texts[end : end + 1] and words.texts[end] in LETTERS:
        end += 1
    return replace(span, end=end) if words.is_one_line(span.first, end) else span


def _between_signs(words: Words, span: Span) -> Span:
    """Return the part of `span` between signs that is a name, one behind "CNN's" rather."""
    parts = [part for part in _parts(words, span) if part.first < part.end]
    full = [part for part in parts if _is_full(words, part)]
    full.sort(key=lambda part: words.texts[part.end : part.end + 1] in _OWNING)
    return next(iter(full or parts), span)


def _is_full(words: Words, span: Span) -> bool:
    return span.end - span.first > 1 and all(
        text[0].isalpha() and "/" not in text for text in words.texts[span.first : span.end]
    )


def _parts(words: Words, span: Span) -> Iterator[Span]:
    texts, first = words.texts, span.first
    for index in range(span.first, span.end):
        text = texts[index]
        if text in _POSSESSIVES or (text in _SIGNS and not _is_hyphen(words, index)):
            yield replace(span, first=first, end=index)
            first = index + 1
        elif text in _TAILS and index > first and _ends_name(texts, index, first, span.end):
            yield replace(span, first=first, end=index)
            return
    yield replace(span, first=first)


def _is_hyphen(words: Words, index: int) -> bool:
    """Answer whether the sign at `index` joins the parts of a name: "Voss-Tarrant"."""
    starts, ends = words.parse.starts, words.parse.ends
    return (
        words.texts[index] == "-"
        and 0 < index < len(starts) - 1
        and (ends[index - 1], ends[index]) == (starts[index], starts[index + 1])
    )


def _ends_name(texts: Sequence[str], index: int, first: int, end: int) -> bool:
    """Answer whether the name before "of", "and" or a comma is whole."""
    if texts[index] == "of":
        return index - first > 1 or texts[min(index + 1, end - 1)] == "the"
    return texts[min(index + 1, end - 1)].rstrip(".") not in {"Jr", "Sr", "II", "III", "IV"}


def _is_before_name(texts: Sequence[str]) -> bool:
    """Answer whether the first of `texts` is what the person does or is to somebody."""
    word, following, *others = texts
    if word.casefold() in words_in("trades"):
        return bool(others) or is_first_name(following)
    return (
        bool(others)
        and is_first_name(following)
        and not is_first_name(word)
        and (word.casefold().endswith(_ENDINGS) or word.casefold() in words_in("titles"))
    )
