"""Whom a lone name means that two people of the article bear: "Mrs. Okafor", "Okafor"."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractors.naming.canonical import persons_meant
from extractors.naming.names import surname_forms
from extractors.naming.people import folded, gender_of_noun, is_another, may_be
from extractors.naming.spans import Span, Words

_MOST_TITLES = 3  #: words before a name that are looked at
_MOST_BEARERS = 12  #: of one name that are weighed


def bearers_meant(
    words: Words, spans: Sequence[Span], given: Mapping[Span, str]
) -> dict[Span, str]:
    """Return the name of whom each lone surname means that two or more people bear.

    Meant is the one bearer whom the title before it fits, of those named so far. Else the only one
    named so far, who keeps the surname when others who bear it come in: papers call these by full
    name, or with a title. Where that leaves a choice, nobody is meant. Where the article has "Mrs.
    Okafor" and "Mr. Okafor", the one who cannot be Ada Okafor is another, under title and surname.

    Args:
        words: of the article.
        spans: its names, in order.
        given: names under which some of `spans` are known already.
    """
    names = {span: given.get(span) or words.name(span) for span in spans if span.label == "PERSON"}
    titles = {span: title for span in names if (title := _title_before(words, span)) is not None}
    couples = _called_both({(folded(names[span]), title) for span, title in titles.items()})
    if not couples and not _has_shared(names.values()):
        return {}
    cast = _Cast(names.values(), couples)
    bearers = {span: cast.bearer(name, titles.get(span)) for span, name in names.items()}
    return {span: name for span, name in bearers.items() if name is not None}


def _called_both(titled: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the lone names that stand behind titles of both genders."""
    genders: defaultdict[str, set[str | None]] = defaultdict(set)
    for form, title in titled:
        genders[form].add(gender_of_noun(title))
    return frozenset(form for form, told in genders.items() if len(told) > 1 and " " not in form)


def _has_shared(names: Iterable[str]) -> bool:
    """Answer whether a lone word of `names` stands in two others."""
    forms = {folded(name) for name in dict.fromkeys(names)}
    bearers = Counter(word for form in forms if " " in form for word in set(form.split()))
    return any(bearers[form] > 1 for form in forms)


class _Cast:
    """The people of an article, as far as it is read."""

    def __init__(self, names: Iterable[str], couples: frozenset[str]) -> None:
        self._couples = couples
        self._meanings = persons_meant(list(dict.fromkeys(names)))
        self._bearers: dict[str, list[str]] = {}
        for key, form in self._full_names():
            self._bearers.setdefault(form, []).append(key)
        self._called: dict[str, str] = {}  #: full name by key, once read
        self._usual: dict[str, str] = {}  #: the bearer of each lone surname, once clear

    def _full_names(self) -> Iterator[tuple[str, str]]:
        keys = dict.fromkeys(one.key for one in self._meanings.values() if not one.is_local)
        for key in keys:
            for form in surname_forms(key):
                yield key, form

    def bearer(self, name: str, title: str | None) -> str | None:
        """Return the name of whom `name` behind `title` means, None if it is clear or nobody's.

        To be asked for each name of the article in order.
        """
        meaning, form = self._meanings[name], folded(name)
        gender = gender_of_noun(title) if title else None
        if not meaning.is_local:
            if gender and form in self._couples and is_another(form, gender, meaning.key):
                return f"{title} {name}"
            self._called.setdefault(meaning.key, name)
            if " " not in form:
                self._usual.setdefault(form, meaning.key)
            return None
        named = [key for key in self._bearers.get(form, ())[:_MOST_BEARERS] if key in self._called]
        key = self._chosen(form, named, gender)
        return None if key is None else self._called[key]

    def _chosen(self, form: str, named: Sequence[str], gender: str | None) -> str | None:
        if gender is not None:
            named = [key for key in named if may_be(key, gender)]
        if len(named) == 1:
            if gender is None:
                self._usual.setdefault(form, named[0])
            return named[0]
        usual = self._usual.get(form)
        return usual if usual in named else None


def _title_before(words: Words, span: Span) -> str | None:
    """Return the title just before `span` that tells a gender: "Mrs."."""
    for index in range(span.first - 1, max(span.first - 1 - _MOST_TITLES, -1), -1):
        word = words.texts[index]
        if not word[:1].isupper() or not words.is_one_line(index, span.end):
            return None
        if gender_of_noun(word):
            return word
    return None
