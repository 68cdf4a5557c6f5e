"""When an article appeared and was changed, by the visible part of its page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from lxml.html import HtmlElement

from extractors.dates import written_time
from extractors.pages.htmltree import selector, template_names, text_of

#: What pages put before the time of a change, and templates call it, in the languages we have met.
_MODIFIED = re.compile(
    r"modif|updat|edited|aktuali[sz]|zuletzt|\bmaj\b|mis à jour|mise à jour|actuali[sz]|atuali"
    r"|aggiorna|bijgewerkt|op?pdater|uppdater|ändra|endret|päivit|muokat|aktualn|обновл|оновл"
    r"|güncel|ενημέρ|frissít|cập nhật|수정|更新",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi[sckq]|pubdate|pub-date|posted|created|erstellt|veröffentlicht|입력|등록|公開|yayın|giriş",
    re.IGNORECASE,
)
#: What templates call a date, in the languages we have met. Not "data": it is Italian and English.
_DATED = re.compile(
    r"(?:^|[-_ ])(?:(?:pub|post|article|entry|meta|story)?(?:date|datum|datetime|time|timestamp)"
    r"|publi(?:sh|c|k|q)\w*|pubblica\w*|posted|created|fecha|tarih|dato|datering|stand)(?=$|[-_ ])",
    re.IGNORECASE,
)
#: What is in an element, and after it. Not joined in one: libxml2 sorts what is, very slowly.
_WITHIN = selector("descendant::*[@class or @id or @data-testid][position() <= 1000]")
_FOLLOWING = selector("following::*[@class or @id or @data-testid][position() <= 1000]")
_AFTER = selector(
    "following::*[self::p or self::div or self::span or self::li or self::dd or self::td"
    " or self::small or self::em or self::i or self::b][position() <= 120]"
)
_MARKED = selector(
    "//@itemprop[.='datePublished' or .='dateCreated']/.."
    "|//@property[contains(., 'datePublished') or .='dc:date' or .='dc:created']/.."
    "|//*[@class='published' or @class='dt-published'][@title or @datetime]"
)
_DATING_ATTRIBUTE = re.compile(
    r"data-(?:article-|first-)?(?:publi(?:sh|c)\w*|pub|post(?:ed)?|creat\w+|deploy\w*)"
    r"(?:-?(?:date|datetime|dt|time|at|on))?"
)
_WITH_ATTRIBUTES = selector("//body//*[@*[starts-with(name(), 'data-')]]")
_LABEL = re.compile(r"^[^:：\d]{1,40}[:：]\s*")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_DIGIT = re.compile(r"^\D+")
#: Elements that hold links to other articles.
_ELSEWHERE = frozenset({"a", "aside", "nav", "footer"})
_HEAD_LEVELS = 4
_MAX_DATED = 3
_MAX_LOOKED_AT = 500
_MAX_DATE_CHARS = 120
_MAX_LINE_CHARS = 60
#: A line that is a date has a weekday, a month, a zone and a label; a sentence has more.
_MAX_LINE_WORDS = 6
_MAX_LABEL_CHARS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeElements:
    """What the `time` elements of a page state, in the order of the page."""

    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    stray: tuple[str, ...] = ()  #: more likely those of other articles


def time_elements(tree: HtmlElement, headline: HtmlElement | None) -> TimeElements:
    """Return the `time` elements of a page, told apart by their place and their labels."""
    near = _head_of(headline)
    found: dict[str, list[str]] = {"published": [], "modified": [], "stray": []}
    after = headline is None
    for element in islice(tree.iter("h1", "time"), _MAX_LOOKED_AT):
        if element.tag == "h1":
            after = after or element is headline
        elif text := _stated(element):
            found[_kind_of(element, near, after=after)].append(text)
    if found["published"] and written_time(found["published"][0]) is None:
        # "3 hours ago", or the clock times of a live blog: what follows is not the article's own.
        found = {**found, "published": [], "stray": found["published"] + found["stray"]}
    return TimeElements(**{kind: tuple(texts[:_MAX_DATED]) for kind, texts in found.items()})


def dates_near(tree: HtmlElement, headline: HtmlElement | None) -> Iterator[str]:
    """Yield what may be the date of publication, the likeliest first.

    That is: what microdata and RDFa call so; the text of the first elements near the headline that
    are called dates; the first lines after the headline that hold nothing else; the attribute in
    which templates keep the date for scripts, if there is but one, for teasers have it too. Of
    "erstellt: 1. Mai 2025" all of it comes first, then what follows the label, then what begins
    with a digit.
    """
    yield from islice((text for text in map(_stated, _MARKED(tree)) if text), _MAX_DATED)
    if headline is not None:
        for text in (*_dated_texts(headline), *_dated_lines(headline)):
            yield from dict.fromkeys((text, _LABEL.sub("", text), _BEFORE_DIGIT.sub("", text)))
    attributes = (item for element in _WITH_ATTRIBUTES(tree) for item in element.attrib.items())
    kept = {str(value) for name, value in attributes if _DATING_ATTRIBUTE.fullmatch(str(name))}
    if len(kept) == 1:
        yield from kept


def _head_of(headline: HtmlElement | None) -> frozenset[HtmlElement]:
    """Return the elements that hold the headline and little more than the head of its article."""
    if headline is None:
        return frozenset()
    around = islice(headline.iterancestors(), _HEAD_LEVELS)
    return frozenset(takewhile(lambda holder: holder.tag not in ("body", "html", "main"), around))


def _kind_of(element: HtmlElement, near: frozenset[HtmlElement], *, after: bool) -> str:
    if _tells_change(element):
        return "modified"
    holders = list(element.iterancestors())
    if near.isdisjoint(holders) and not _is_marked(element):
        elsewhere = any(holder.tag in _ELSEWHERE for holder in holders)
        if elsewhere or not after:
            return "stray"
    return "published"


def _is_marked(element: HtmlElement) -> bool:
    return element.get("pubdate") is not None or "date" in (element.get("itemprop") or "")


def _tells_change(element: HtmlElement) -> bool:
    """Return whether an element gives the time of a change: by its names, label or holders."""
    holders = list(islice(element.iterancestors(), 2))
    for words in (_names(element), _label(element), *map(_names, holders)):
        if _PUBLISHED.search(words):
            return False
        if _MODIFIED.search(words):
            return True
    return False


def _names(element: HtmlElement) -> str:
    return template_names(element, "class", "id", "itemprop", "data-testid")


def _label(element: HtmlElement) -> str:
    """Return the words just before an element."""
    before = element.getprevious()
    parent = element.getparent()
    if before is None:
        return ((parent.text if parent is not None else "") or "")[-_MAX_LABEL_CHARS:]
    tail = (before.tail or "").strip()
    return (tail or text_of(before))[-_MAX_LABEL_CHARS:]


def _stated(element: HtmlElement) -> str:
    stated = (element.get(name) for name in ("datetime", "content", "title"))
    return next(filter(None, stated), None) or text_of(element)[:_MAX_DATE_CHARS]


def _dated_texts(headline: HtmlElement) -> Iterator[str]:
    """Yield the texts of the first elements near the headline that are called dates."""
    around = next(islice(headline.iterancestors(), 1, None), headline)
    near = (*_WITHIN(around), *_FOLLOWING(headline))
    named = (element for element in near if _DATED.search(_names(element)))
    unchanged = (text_of(element) for element in named if not _MODIFIED.search(_names(element)))
    dated = (text for text in unchanged if len(text) <= _MAX_DATE_CHARS and _DIGIT.search(text))
    yield from islice(dated, _MAX_DATED)


def _dated_lines(headline: HtmlElement) -> Iterator[str]:
    """Yield the first texts after the headline that hold a date and hardly anything else."""
    dated = (
        text
        for element in _AFTER(headline)
        if _is_date_line(text := text_of(element)) and not _tells_change(element)
    )
    yield from islice(dict.fromkeys(dated), _MAX_DATED)


def _is_date_line(text: str) -> bool:
    if len(text) > _MAX_LINE_CHARS or not _YEAR.search(text):
        return False
    label = _BEFORE_DIGIT.match(text)
    if label and _MODIFIED.search(label[0]):
        return False
    return len(_WORD.findall(text)) <= _MAX_LINE_WORDS
