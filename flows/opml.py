"""Lists of feeds as other readers write and read them: OPML."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from extractors.errors import SettingsError
from extractors.pages.charset import decoded
from flows.subscriptions import web_url

_MOST_BYTES = 50_000_000  # a list of 10,000 feeds has about 2 MB
#: What is nested deeper is read as if it stood here.
_MOST_FOLDERS = 32
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Comments, so that what stands in them is passed over, and the three tags that count. What is
#: never closed ends with the file: each character is then looked at once, whatever the file.
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z) | <!\[CDATA\[.*?(?:\]\]>|\Z) | <(/?(?:opml|body|outline))(?=[\s/>])",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""\s* (?P<name>[^\s=<>"'/]+) (?: \s* = \s*
    (?: "(?P<double>[^"]*)" | '(?P<single>[^']*)' | (?P<bare>[^\s"'<>]+?)(?=\s|/?>) ) )?""",
    re.VERBOSE,
)
_CLOSED = re.compile(r"\s*/>")
_REFERENCE = re.compile(r"&(?:[a-z]\w{1,31}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_Tag = tuple[str, dict[str, str]]  # its name in small letters, as "/outline", and its attributes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed in a list."""

    url: str
    title: str | None = None
    folder: tuple[str, ...] = ()  #: the titles of what it is nested in, the outermost first


def outlines_in(content: bytes) -> list[Outline]:
    """Return the feeds of an OPML file of whatever version, in its order, each address once.

    Files are read by their tags, not as XML: what programs write has bare ampersands, HTML's
    entities and names in letters of any case. So there is also no entity that could open a file or
    unfold, and no limit to how deep outlines are nested.

    Raises:
        SettingsError: it is not OPML, or too large.

    Source:
        opml.org/spec2.opml
    """
    if len(content) > _MOST_BYTES:
        raise SettingsError(f"not a list of feeds: it has more than {_MOST_BYTES:,} bytes")
    tags = list(_tags(decoded(content)))
    names = [name for name, _ in tags]
    if "body" not in names or "opml" not in names[: names.index("body")]:
        raise SettingsError("not an OPML file: it has no <opml> with a <body>")
    found: dict[str, Outline] = {}
    for outline in _outlines(tags[names.index("body") :]):
        found.setdefault(outline.url, outline)
    return list(found.values())


def opml_of(outlines: Iterable[Outline], *, title: str) -> bytes:
    """Return an OPML file with `outlines`, those of one folder together."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _xml(title)
    folders: dict[tuple[str, ...], etree._Element] = {(): etree.SubElement(root, "body")}
    for outline in outlines:
        element = etree.SubElement(
            _folder(folders, outline.folder[:_MOST_FOLDERS]),
            "outline",
            type="rss",
            text=_xml(outline.title or outline.url),
            xmlUrl=_xml(outline.url),
        )
        if outline.title:
            element.set("title", _xml(outline.title))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _outlines(tags: Iterable[_Tag]) -> Iterator[Outline]:
    titles: list[str] = []  # of the outlines that are open, the outermost first
    for name, given in tags:
        if name == "/outline" and titles:
            titles.pop()
        if name != "outline":
            continue
        url = web_url(given.get("xmlurl", ""))
        # Without a title of its own a feed is called by its address; that is none to keep.
        names = (given.get(key, "") for key in ("title", "text"))
        title = next((each for each in names if each.strip() and each != url), "")
        if url:
            folder = tuple(each for each in titles[:_MOST_FOLDERS] if each)
            yield Outline(url=url, title=title or None, folder=folder)
        titles.append(title)


def _tags(text: str) -> Iterator[_Tag]:
    """Yield the tags of `text` that count, in order; one that closes itself is two."""
    at = 0
    while markup := _MARKUP.search(text, at):
        at = markup.end()
        if not markup[1]:
            continue
        name = markup[1].lower()
        attributes: dict[str, str] = {}
        while attribute := _ATTRIBUTE.match(text, at):
            at = attribute.end()
            value = attribute["double"] or attribute["single"] or attribute["bare"] or ""
            attributes.setdefault(attribute["name"].lower(), _read(value))
        yield name, attributes
        if _CLOSED.match(text, at):
            yield f"/{name}", {}


def _read(value: str) -> str:
    """Return what an attribute says: its line ends are blanks, its references characters."""
    blank = re.sub(r"\r\n?|[\n\t]", " ", value)
    return _REFERENCE.sub(lambda reference: html.unescape(reference[0]), blank)


def _folder(
    folders: dict[tuple[str, ...], etree._Element], path: tuple[str, ...]
) -> etree._Element:
    for depth in range(1, len(path) + 1):
        if path[:depth] not in folders:
            parent, name = folders[path[: depth - 1]], path[depth - 1]
            folders[path[:depth]] = etree.SubElement(parent, "outline", text=_xml(name))
    return folders[path]


def _xml(text: str) -> str:
    """Return `text` without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
