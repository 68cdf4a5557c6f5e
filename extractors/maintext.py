"""A page into its article. Only importer of trafilatura."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.etree import _Element, iterwalk
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.meta import reset_caches

from extractors.analysed import MAX_ANALYSED_CHARS
from extractors.errors import PageError
from extractors.language import language_code, language_of
from extractors.pages.agencies import agency_among, agency_in
from extractors.pages.boxes import take_boxes
from extractors.pages.charset import decoded
from extractors.pages.claims import Source
from extractors.pages.closing import without_closing, without_repeats
from extractors.pages.clutter import linked_blocks, take_clutter
from extractors.pages.embedded import embedded_html
from extractors.pages.htmltree import affordable, strip_dead, text_of, tree_from
from extractors.pages.kinds import page_kind_of
from extractors.pages.mainpart import drop_headline, keep_main_part
from extractors.pages.metadata import Metadata, metadata_of
from extractors.pages.refusals import (
    Impression,
    is_surely_article,
    may_be_html,
    refusal_of,
)
from extractors.pages.standfirst import standfirst_in, with_standfirst
from extractors.pages.textfilter import Line, Surroundings, kept_lines
from extractors.pages.wordcount import count_words
from extractors.records import Article, Page, Paragraph, Role
from extractors.urls import article_id_of, outlet_of

#: Shorter results of the fast way are worth the slow one.
_FEW_WORDS = 60
_TOLD_WORDS = 8
#: The slow way reads a tree several times over, each paragraph with its neighbours. A page with
#: more than this is no article that the fast way missed.
_MOST_PARAGRAPHS = 1_500
_MOST_CHARS = 500_000
_PARAGRAPH_TAGS = ("p", "div", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset({"p", "head", "item", "quote", "list", "lb", "table", "row", "cell"})

#: The fields that are told apart by what gave them.
_SOURCED = (
    "url", "title", "authors", "published", "modified", "lang", "agency", "page_kind", "access",
    "section", "tags", "lead_image",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _MainText:
    lines: tuple[Line, ...]
    words: int  #: in `lines`
    found: tuple[Line, ...]  #: before the filter
    captions: tuple[str, ...] = ()


def article_from(page: Page) -> Article:
    """Return the article on `page`.

    `text` has one paragraph a line, without headline, captions, credits and bylines.

    Raises:
        PageError: there is none, with one of the reasons consent, paywall, challenge, soft_404,
            index_page, video_only, empty, not_html.
    """
    if not may_be_html(page):
        kind = page.header("content-type")
        sent = f"the server sent {kind}, and no HTML" if kind else "it is no HTML page"
        raise PageError(page.url, "not_html", sent)
    characters = decoded(page.body, page.header("content-type"))
    html = affordable(characters.replace("\0", ""))
    tree = tree_from(html)
    if tree is None:
        raise PageError(page.url, "empty", "the page has no content at all")
    metadata = metadata_of(tree, url=page.final_url, now=page.fetched_at)
    main = _main_text(tree, html, metadata)
    if refusal := _refusal(page, html, metadata, main.words):
        raise PageError(page.url, *refusal)
    article = _article(metadata, main)
    return replace(article, warnings=(*article.warnings, "nul")) if "\0" in characters else article


def forget_caches() -> None:
    """Drop what trafilatura remembers of earlier pages; call it between batches."""
    reset_caches()


def _refusal(page: Page, html: str, metadata: Metadata, words: int) -> tuple[str, str] | None:
    """Return reason and detail if `page` is no article; it is parsed again only where in doubt."""
    if is_surely_article(metadata, words):
        return None
    whole = tree_from(html)
    assert whole is not None  # noqa: S101  # the same characters gave a tree before
    return refusal_of(page, metadata, Impression.of(whole), words)


def _main_text(tree: HtmlElement, html: str, metadata: Metadata) -> _MainText:
    """Return the text found the fast way, or the longest if that is suspiciously little."""
    strip_dead(tree)
    captions = take_clutter(tree) + take_boxes(tree)
    told = _paragraph_words(tree)
    fast = _read(tree, metadata, captions, fast=True)
    if fast.words >= _FEW_WORDS and 2 * fast.words >= told:
        return fast
    whole = tree_from(html)
    assert whole is not None  # noqa: S101  # the same characters gave a tree before
    hidden = embedded_html(whole) if fast.words < _FEW_WORDS else None
    strip_dead(whole)
    options = [fast, _read(whole, metadata, captions, fast=_is_slow_dear(whole))]
    if max(option.words for option in options) < _FEW_WORDS:
        options.append(_stated_text(metadata))
        if hidden and (rebuilt := tree_from(f"<article>{hidden}</article>")) is not None:
            captions = take_clutter(rebuilt)
            options.append(_read(rebuilt, metadata, captions, fast=False))
    return max(options, key=lambda option: option.words)


def _is_slow_dear(tree: HtmlElement) -> bool:
    if sum(1 for _ in tree.iter(*_PARAGRAPH_TAGS)) > _MOST_PARAGRAPHS:
        return True
    return sum(map(len, tree.itertext())) > _MOST_CHARS


def _paragraph_words(tree: HtmlElement) -> int:
    """Return the words of all paragraphs long enough to be told rather than labelled."""
    counts = (count_words(text_of(paragraph)) for paragraph in tree.iter("p"))
    return sum(count for count in counts if count >= _TOLD_WORDS)


def _stated_text(metadata: Metadata) -> _MainText:
    """Return the text that the page's JSON-LD holds."""
    stated = (" ".join(line.split()) for line in metadata.claimed_text.split("\n"))
    lines: list[Line] = [("body", line) for line in stated if line]
    around = Surroundings(titles=metadata.titles, authors=metadata.bylines)
    kept = tuple(kept_lines(lines, around))
    return _MainText(lines=kept, words=_words(kept), found=tuple(lines))


def _read(
    tree: HtmlElement, metadata: Metadata, captions: tuple[str, ...], *, fast: bool
) -> _MainText:
    standfirst = standfirst_in(tree, metadata.descriptions)
    drop_headline(tree, metadata.titles)
    if fast:
        keep_main_part(tree)
    around = Surroundings(
        titles=metadata.titles,
        captions=captions,
        authors=metadata.bylines,
        linked=frozenset(linked_blocks(tree)),
    )
    found = tuple(_extracted(tree, fast=fast))
    kept = without_closing(without_repeats(list(kept_lines(found, around))), metadata.bylines)
    lines = with_standfirst(kept, standfirst, metadata.descriptions)
    return _MainText(lines=tuple(lines), words=_words(lines), found=found, captions=captions)


def _words(lines: Sequence[Line]) -> int:
    return sum(count_words(line) for _, line in lines)


def _extracted(tree: HtmlElement, *, fast: bool) -> Iterator[Line]:
    """Yield the lines of the tree that trafilatura makes: p, head, item, quote, loose text."""
    document = bare_extraction(
        tree, fast=fast, include_comments=False, include_tables=False, with_metadata=False
    )
    body: _Element | None = getattr(document, "body", None)
    if body is None:
        return
    pieces: list[str] = []
    role: Role = "body"
    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield from _line(role, pieces)
            pieces.clear()
            if element.tag != "lb":
                role = "heading" if element.tag == "head" and event == "start" else "body"
        pieces.append((element.text if event == "start" else element.tail) or "")
    yield from _line(role, pieces)


def _line(role: Role, pieces: Sequence[str]) -> Iterator[Line]:
    if text := " ".join("".join(pieces).split()):
        yield role, text


def _article(metadata: Metadata, main: _MainText) -> Article:
    text = "\n".join(line for _, line in main.lines)
    too_long = ("too_long",) if len(text) > MAX_ANALYSED_CHARS else ()
    lang = language_of(text, metadata.lang_hint)
    page_kind, kind_source = page_kind_of(metadata, main.words)
    agency, agency_source = _agency(metadata, [line for _, line in main.found])
    is_lang_stated = lang == language_code(metadata.lang_hint)
    return Article(
        article_id=article_id_of(metadata.url or text),
        url=metadata.url,
        outlet=outlet_of(metadata.url) if metadata.url else None,
        title=metadata.title,
        text=text,
        paragraphs=tuple(_paragraphs(main.lines)),
        authors=metadata.authors,
        published=metadata.published,
        modified=metadata.modified,
        lang=lang,
        agency=agency,
        page_kind=page_kind,
        access=metadata.access,
        section=metadata.section,
        tags=metadata.tags,
        lead_image=metadata.lead_image,
        sources=_sources(
            metadata,
            lang=(metadata.sources.get("lang") if is_lang_stated else "text") if lang else None,
            agency=agency_source,
            page_kind=kind_source,
        ),
        captions=main.captions,
        warnings=metadata.warnings + too_long,
    )


def _agency(metadata: Metadata, lines: Sequence[str]) -> tuple[str | None, Source | None]:
    """Return the agency that the article is from and what says so: authors, credits, the text."""
    if agency := agency_among(metadata.authors):
        return agency, metadata.sources.get("authors")
    if agency := agency_among(metadata.credits):
        return agency, metadata.sources.get("credits")
    agency = agency_in(lines)
    return agency, "text" if agency else None


def _sources(metadata: Metadata, **judged: Source | None) -> tuple[tuple[str, str], ...]:
    """Return fields with what gave them, in the order of `Article`."""
    known = {**metadata.sources, **judged}
    return tuple((name, source) for name in _SOURCED if (source := known.get(name)))


def _paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    start = 0
    for role, line in lines:
        yield Paragraph(start=start, end=start + len(line), role=role)
        start += len(line) + 1
