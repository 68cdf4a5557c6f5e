"""What a page's JSON-LD says about its article."""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from lxml.html import HtmlElement

from extractors.pages.claims import Claims
from extractors.records import Access, PageKind

_Node: TypeAlias = Mapping[str, object]

#: schema.org types of news pages that don't end in "Article".
_OTHER_ARTICLE_TYPES = frozenset(
    {"BlogPosting", "LiveBlogPosting", "Report", "Review", "ReportageNews", "SocialMediaPosting"}
)
_WEAK_TYPES = frozenset({"WebPage", "ItemPage", "VideoObject"})
#: Properties that lead to another description of the same page.
_SAME_PAGE = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
_MAX_NODES = 5_000
_MAX_CHARS = 5_000_000
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_MAX_VALUES = 20
_TAG = re.compile(r"<[^<>]{1,200}>")
#: What ends a paragraph where a text is given in HTML.
_LINE_END = re.compile(r"</(?:p|div|li|h[1-6]|blockquote)\s{0,9}>|<br\s{0,9}/?>", re.IGNORECASE)
#: What JSON can spell and no text may hold: control characters, and halves of a surrogate pair.
_UNSOUND = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_TYPE = re.compile(r'"@type"\s*+:\s*+"(\w{1,40})"')
#: What is read of JSON that is none, as where a headline holds bare quotation marks.
_FIELDS = (
    re.compile(
        r'"(?P<name>headline|datePublished|dateCreated|dateModified|inLanguage)"\s*+:\s*+'
        r'(?P<value>"(?:[^"\\\r\n]|\\.){1,300}+")(?=\s*+[,}])'
    ),
    re.compile(r'"(?P<name>isAccessibleForFree)"\s*+:\s*+(?P<value>"?(?:true|false)"?)'),
    re.compile(
        r'"(?P<name>author|publisher)"\s*+:\s*+'
        r'(?P<value>\[[^\[\]]{1,2000}+\]|\{[^{}]{1,1000}+\}|"[^"\\]{1,200}+")'
    ),
)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')


def claims_in_jsonld(tree: HtmlElement) -> Claims:
    """Return what the page's JSON-LD says; the best described article wins."""
    nodes = list(_nodes(tree))
    named = {str(node["@id"]): node for node in nodes if "@id" in node and ("name" in node)}
    articles = [node for node in nodes if _is_article(node)]
    weak = [node for node in nodes if _types(node) & _WEAK_TYPES]
    if not articles and not weak:
        return Claims()
    best = max(articles or weak, key=_substance)
    rest = [node for node in articles if node is not best and _same_headline(node, best)]
    return _claims(best, [*rest, *(weak if articles else ())], named)


def _claims(best: _Node, others: list[_Node], named: Mapping[str, _Node]) -> Claims:
    layers = [best, *others]
    return Claims(
        is_article=_is_article(best),
        titles=tuple(
            text
            for key in ("headline", "name", "alternativeHeadline")
            for text in _texts(best.get(key))
        ),
        site_names=tuple(_names(best.get("publisher"), named)),
        authors=_fullest([tuple(_authors(node, named)) for node in layers]),
        published=tuple(
            text
            for key in ("datePublished", "dateCreated", "uploadDate")
            for node in layers
            for text in _texts(node.get(key))
        ),
        modified=tuple(text for node in layers for text in _texts(node.get("dateModified"))),
        description=next(iter(_texts(best.get("description"))), None),
        canonical=next(iter(_addresses(best)), None),
        access=_access(best),
        page_kind=_page_kind(best),
        lang=next(iter(_names(best.get("inLanguage"), named)), None),
        text=_running_text(best.get("articleBody")),
    )


def _nodes(tree: HtmlElement) -> Iterator[_Node]:
    """Yield the nodes that describe this page, at most 5,000."""
    waiting: list[object] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            waiting.extend(_documents(script.text or ""))
    waiting.reverse()
    seen = 0
    while waiting and seen < _MAX_NODES:
        seen += 1
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, Mapping):
            yield item
            waiting.extend(item[key] for key in reversed(_SAME_PAGE) if key in item)


def _documents(text: str) -> Iterator[object]:
    """Yield the JSON values in one script, mended where that is cheap."""
    text = _WRAPPING.sub("", text[:_MAX_CHARS]).strip().rstrip(";")
    for mended in (text, _BAD_ESCAPE.sub(r"\\\\", _TRAILING_COMMA.sub("", text))):
        try:
            yield json.loads(mended, strict=False)
        except (ValueError, RecursionError):
            continue
        return
    yield from _values_in_a_row(text) or _salvaged(text)


def _values_in_a_row(text: str) -> list[object]:
    """Return several values one after the other, or a good one with rubbish behind it."""
    decoder = json.JSONDecoder(strict=False)
    values: list[object] = []
    while text and len(values) < _MAX_VALUES:
        try:
            value, end = decoder.raw_decode(text)
        except (ValueError, RecursionError):
            break
        values.append(value)
        text = text[end:].lstrip(" ,;\r\n\t")
    return values


def _salvaged(text: str) -> list[object]:
    """Return one node with the fields that can still be read in JSON that is beyond mending.

    The first of each name counts: an article's own fields stand before those of its parts.
    """
    types = [kind for kind in _TYPE.findall(text) if _is_article({"@type": kind})]
    found = [match for pattern in _FIELDS for match in pattern.finditer(text)]
    fields: dict[str, object] = {}
    for match in found:
        try:
            fields.setdefault(match["name"], json.loads(match["value"], strict=False))
        except (ValueError, RecursionError):
            continue
    return [{"@type": types[0]} | fields] if types else []


def _types(node: _Node) -> frozenset[str]:
    return frozenset(text.rpartition("/")[2] for text in _texts(node.get("@type")))


def _is_article(node: _Node) -> bool:
    types = _types(node)
    return bool(types & _OTHER_ARTICLE_TYPES) or any(name.endswith("Article") for name in types)


def _substance(node: _Node) -> tuple[bool, bool, int]:
    """Rank descriptions: dated and titled ones first, then those that say more."""
    return "datePublished" in node, bool({"headline", "name"} & node.keys()), len(node)


def _same_headline(node: _Node, best: _Node) -> bool:
    return "headline" not in node or node.get("headline") == best.get("headline")


def _texts(value: object) -> list[str]:
    """Return the strings in a value that may be one, or a list of them."""
    values = value if isinstance(value, list) else [value]
    texts = (_text(item) for item in values if isinstance(item, str | int) and item is not True)
    return [text for text in texts if text]


def _text(value: str | int) -> str:
    text = _UNSOUND.sub("", html.unescape(html.unescape(str(value))))
    return " ".join(_TAG.sub(" ", text).split())


def _running_text(value: object) -> str:
    """Return the paragraphs of a text that may be in pieces, or in HTML, one a line."""
    values = value if isinstance(value, list) else [value]
    pieces = (item.get("@value") if isinstance(item, Mapping) else item for item in values)
    text = "\n".join(piece for piece in pieces if isinstance(piece, str))
    lines = _TAG.sub(" ", _LINE_END.sub("\n", text)) if _LINE_END.search(text) else text
    return _UNSOUND.sub("", html.unescape(lines))


def _names(value: object, named: Mapping[str, _Node]) -> Iterator[str]:
    """Yield the names of things given as string, object, reference or list of these."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield from _texts(item)
        elif isinstance(item, Mapping):
            known = item if "name" in item else named.get(str(item.get("@id")), {})
            yield from _texts(known.get("name"))


def _authors(node: _Node, named: Mapping[str, _Node]) -> Iterator[str]:
    for key in ("author", "creator"):
        names = list(_names(node.get(key), named))
        if names:
            yield from names
            return


def _addresses(node: _Node) -> Iterator[str]:
    main = node.get("mainEntityOfPage")
    for value in (main.get("@id") if isinstance(main, Mapping) else main, node.get("url")):
        yield from (text for text in _texts(value) if text.startswith("http"))


def _access(node: _Node) -> Access:
    match str(node.get("isAccessibleForFree", "")).lower():
        case "true":
            return "free"
        case "false":
            return "locked"
    return "unknown"


def _page_kind(node: _Node) -> PageKind | None:
    types = _types(node)
    if "LiveBlogPosting" in types:
        return "live"
    if types & {"OpinionNewsArticle"}:
        return "opinion"
    if types & {"VideoObject"}:
        return "video"
    return "gallery" if types & {"ImageGallery", "MediaGallery"} else None


def _fullest(options: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the first list of names, or one that has all of them and more."""
    first = next(filter(None, options), ())
    return max((option for option in options if set(first) <= set(option)), key=len, default=())
