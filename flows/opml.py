"""Lists of feeds as other readers write and read them: OPML."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from extractors.errors import SettingsError

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed in a list."""

    url: str
    title: str | None = None
    site_url: str | None = None
    folders: tuple[str, ...] = ()  #: the titles of what it is nested in, outermost first


def outlines_in(content: bytes) -> list[Outline]:
    """Return the feeds of an OPML file, in its order, each address once.

    Entities are not resolved and nothing is loaded; ill-formed files are read as far as they go.

    Raises:
        SettingsError: it is not OPML.

    Source:
        opml.org/spec2.opml
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SettingsError(f"not an OPML file: {error}") from error
    body = None if root is None or root.tag.lower() != "opml" else root.find("body")
    if body is None:
        raise SettingsError("not an OPML file: it has no <opml> with a <body>")
    found: dict[str, Outline] = {}
    for outline in _outlines(body):
        found.setdefault(outline.url, outline)
    return list(found.values())


def opml_of(outlines: Iterable[Outline], *, title: str) -> bytes:
    """Return an OPML file with `outlines`, those of one folder together."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _xml(title)
    folders: dict[tuple[str, ...], etree._Element] = {(): etree.SubElement(root, "body")}
    for outline in outlines:
        parent = _folder(folders, outline.folders)
        given = {"title": outline.title, "xmlUrl": outline.url, "htmlUrl": outline.site_url}
        element = etree.SubElement(
            parent, "outline", type="rss", text=_xml(outline.title or outline.url)
        )
        for name, value in given.items():
            if value:
                element.set(name, _xml(value))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _outlines(body: etree._Element) -> Iterator[Outline]:
    """Walk without recursion: the nesting of a file is its author's choice."""
    waiting: list[tuple[etree._Element, tuple[str, ...]]]
    waiting = [(child, ()) for child in reversed(body)]
    while waiting:
        element, folders = waiting.pop()
        given = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        title = given.get("title") or given.get("text")
        if url := given.get("xmlurl", "").strip():
            site_url = given.get("htmlurl")
            yield Outline(url=url, title=title, site_url=site_url, folders=folders)
        inner = (*folders, title) if title else folders
        waiting += [(child, inner) for child in reversed(element)]


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
