"""What a page's JSON-LD says about its article."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml.html import HtmlElement

from extractors.pages.claims import Claims, joint_access
from extractors.pages.jsonvalues import Node, addresses, names, running_text, texts
from extractors.records import Access, PageKind

#: schema.org types of news pages that don't end in "Article".
_OTHER_ARTICLE_TYPES = frozenset(
    {"BlogPosting", "LiveBlogPosting", "Report", "Review", "ReportageNews", "SocialMediaPosting"}
)
_WEAK_TYPES = frozenset({"WebPage", "ItemPage", "VideoObject", "ImageGallery", "MediaGallery"})
_SHOWN: Mapping[str, PageKind] = {
    "VideoObject": "video", "ImageGallery": "gallery", "MediaGallery": "gallery",
}  # fmt: skip
_FREE: Mapping[str, Access] = {
    "true": "free", "yes": "free", "1": "free", "false": "locked", "no": "locked", "0": "locked",
    "metered": "metered",
}  # fmt: skip
_CREDITS = ("sourceOrganization", "creditText", "copyrightHolder", "provider")
_PICTURES = ("image", "primaryImageOfPage", "thumbnailUrl", "thumbnail")
#: Properties that lead to another description of the same page.
_SAME_PAGE = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
#: Pages whose parts are other pages.
_LISTS = frozenset({"CollectionPage", "ProfilePage", "SearchResultsPage"})
_MAX_NODES = 5_000
_MAX_CHARS = 5_000_000
#: What hides a script from old browsers and from readers of XML, in any of its combinations:
#: "<!--//--><![CDATA[//><!--", "/* <![CDATA[ */". No JSON begins or ends with a piece of it.
_OPENING = re.compile(r"(?:\s|<!--(?:[^<>{\[]{0,200}-->)?|-->|<!\[CDATA\[|//>?|/\*|\*/)++")
_CLOSING = re.compile(r"(?:\s|;|//|/\*|\*/|<!--|-->|<!|\]\]>)++\Z")
_MAX_CLOSING_CHARS = 60
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_MAX_VALUES = 20
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
    articles = [node for node in nodes if _is_article(node)]
    weak = [node for node in nodes if _types(node) & _WEAK_TYPES]
    if not articles and not weak:
        return Claims(source="json-ld", sections=tuple(_crumbs(nodes)))
    best = max(articles or weak, key=_substance)
    rest = [node for node in articles if node is not best and _same_headline(node, best)]
    return _claims([best, *rest, *(weak if articles else ())], nodes)


def _claims(layers: list[Node], nodes: list[Node]) -> Claims:
    """Return what `layers`, best first, say of the article that one of all `nodes` is about."""
    best = layers[0]
    known = {str(node["@id"]): node for node in nodes if "@id" in node and ("name" in node)}
    pictures = {str(node["@id"]): node for node in nodes if "@id" in node and ("url" in node)}

    def stated(*keys: str) -> tuple[str, ...]:
        return tuple(text for key in keys for node in layers for text in texts(node.get(key)))

    def named(*keys: str) -> tuple[str, ...]:
        found = (names(node.get(key), known) for key in keys for node in layers)
        return tuple(name for some in found for name in some)

    return Claims(
        source="json-ld",
        is_article=_is_article(best),
        titles=tuple(
            text
            for key in ("headline", "name", "alternativeHeadline")
            for text in texts(best.get(key))
        ),
        site_names=tuple(names(best.get("publisher"), known)),
        authors=_fullest([tuple(_authors(node, known)) for node in layers]),
        credits=named(*_CREDITS),
        published=stated("datePublished", "dateCreated", "uploadDate"),
        modified=stated("dateModified"),
        description=next(iter(texts(best.get("description"))), None),
        canonical=next(iter(_addresses(best)), None),
        access=joint_access([_access(node) for node in layers]),
        page_kind=_page_kind(layers, nodes),
        shows=_shown(best),
        sections=(*named("articleSection"), *_crumbs(nodes)),
        tags=next(filter(None, (tuple(names(node.get("keywords"), known)) for node in layers)), ()),
        images=tuple(
            address
            for key in _PICTURES
            for node in layers
            for address in addresses(node.get(key), pictures)
        ),
        lang=next(iter(names(best.get("inLanguage"), known)), None),
        text=running_text(best.get("articleBody")),
    )


def _nodes(tree: HtmlElement) -> Iterator[Node]:
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
            hidden = ("hasPart",) if _types(item) & _LISTS else ()
            waiting.extend(
                item[key] for key in reversed(_SAME_PAGE) if key in item and key not in hidden
            )


def _documents(text: str) -> Iterator[object]:
    """Yield the JSON values in one script, mended where that is cheap."""
    text = text[:_MAX_CHARS]
    for mend in (str, _unwrapped, _mended):
        try:
            yield json.loads(mend(text), strict=False)
        except (ValueError, RecursionError):
            continue
        return
    text = _unwrapped(text)
    yield from _values_in_a_row(text) or _salvaged(text)


def _unwrapped(text: str) -> str:
    opening = _OPENING.match(text)
    text = text[opening.end() if opening else 0 :].rstrip()
    closing = _CLOSING.search(text, max(len(text) - _MAX_CLOSING_CHARS, 0))
    return text[: closing.start()] if closing else text


def _mended(text: str) -> str:
    return _BAD_ESCAPE.sub(r"\\\\", _TRAILING_COMMA.sub("", _unwrapped(text)))


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


def _types(node: Node) -> frozenset[str]:
    return frozenset(text.rpartition("/")[2] for text in texts(node.get("@type")))


def _is_article(node: Node) -> bool:
    types = _types(node)
    return bool(types & _OTHER_ARTICLE_TYPES) or any(name.endswith("Article") for name in types)


def _substance(node: Node) -> tuple[bool, bool, int]:
    """Rank descriptions: dated and titled ones first, then those that say more."""
    return "datePublished" in node, bool({"headline", "name"} & node.keys()), len(node)


def _same_headline(node: Node, best: Node) -> bool:
    return "headline" not in node or node.get("headline") == best.get("headline")


def _authors(node: Node, named: Mapping[str, Node]) -> Iterator[str]:
    for key in ("author", "creator"):
        signed = list(names(node.get(key), named))
        if signed:
            yield from signed
            return


def _addresses(node: Node) -> Iterator[str]:
    main = node.get("mainEntityOfPage")
    for value in (main.get("@id") if isinstance(main, Mapping) else main, node.get("url")):
        yield from (text for text in texts(value) if text.startswith("http"))


def _access(node: Node) -> Access:
    """Return what a node says of itself and of its parts: the part behind a wall is one."""
    if "VideoObject" in _types(node):
        return "unknown"  # of the film alone
    parts = node.get("hasPart")
    whole = [node, *(parts if isinstance(parts, list) else [parts])]
    said = (part.get("isAccessibleForFree") for part in whole if isinstance(part, Mapping))
    return joint_access(
        [_FREE.get(str(value).rpartition("/")[2].lower(), "unknown") for value in said]
    )


def _page_kind(layers: Iterable[Node], nodes: Iterable[Node]) -> PageKind | None:
    if any("LiveBlogPosting" in _types(node) for node in nodes):
        return "live"
    types = frozenset[str]().union(*map(_types, layers))
    if "OpinionNewsArticle" in types:
        return "opinion"
    return None


def _shown(best: Node) -> PageKind | None:
    """Return what the page is about if that is no text: by its own type or that of its subject."""
    subject = best.get("mainEntity")
    about = _types(best) | (_types(subject) if isinstance(subject, Mapping) else frozenset())
    return next((kind for name, kind in _SHOWN.items() if name in about), None)


def _crumbs(nodes: Iterable[Node]) -> Iterator[str]:
    """Yield the steps of the first breadcrumb trail, the one next to the article first."""
    found = (node.get("breadcrumb", node) for node in nodes)
    trails = (item for item in found if isinstance(item, Mapping))
    trail = next((item for item in trails if "BreadcrumbList" in _types(item)), {})
    listed = trail.get("itemListElement")
    steps = (
        [step for step in listed if isinstance(step, Mapping)] if isinstance(listed, list) else []
    )
    if len(steps) > 1 and "item" in steps[0] and "item" not in steps[-1]:
        steps.pop()  # the page itself needs no link
    for step in reversed(steps[-_MAX_VALUES:]):
        item = step.get("item")
        labels = (
            *texts(step.get("name")),
            *(texts(item.get("name")) if isinstance(item, Mapping) else ()),
        )
        yield from labels[:1]


def _fullest(options: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the first list of names, or one that has all of them and more."""
    first = next(filter(None, options), ())
    return max((option for option in options if set(first) <= set(option)), key=len, default=())
