"""The part of a page that tells: nearly all of its running text, and little else."""

from collections.abc import Iterable, Mapping

from lxml.html import HtmlElement

from extractors.pages.htmltree import WHOLES, has_text, text_of
from extractors.pages.textfilter import SENTENCE_ENDS
from extractors.pages.titles import folded_words

#: Shorter runs of text are labels, teasers and notices; characters.
_TOLD_CHARS = 80
_LEAST_CHARS = 400
#: With all of the text, a line of legal notes in the footer would hold the whole page together.
_SHARE = 0.95
_BLOCKS = frozenset({"div", "section", "main"})
_PARTS = _BLOCKS | {"article"}
#: Straight marks as well: here a line of what somebody says is one of the article's.
_PARAGRAPH_ENDS = (*SENTENCE_ENDS, '"')


def keep_main_part(tree: HtmlElement) -> None:
    """Take out of `tree` what stands beside the smallest element with 95 % of the running text.

    That element's ancestors stay, without their other children. A page of little text is left
    as it is. Most of a page is not its article, and main-text extraction walks it many times:
    this halves its time.
    """
    chars = _told_chars(tree)
    least = _SHARE * chars.get(tree, 0)
    if least < _LEAST_CHARS:
        return
    part, inner = tree, _holder(tree, chars, least)
    while inner is not None and not _is_one_piece(inner) and not _goes_on(inner):
        part[:] = [inner]
        part, inner = inner, _holder(inner, chars, least)
    _mark(part, chars, least / 2)


def _mark(part: HtmlElement, chars: Mapping[HtmlElement, int], most: float) -> None:
    """Give the main part the name by which main-text extraction knows one.

    Else it takes the first article or post inside, or loose paragraphs without their headings.
    """
    if part.tag in _BLOCKS and not _has_article(part, chars, most):
        part.tag = "article"
    if part.tag in _PARTS and _holder(part, chars, most) is None:
        part.set("itemprop", "articleBody")
    if (part.text or "").strip():
        _wrap(part)


def _wrap(part: HtmlElement) -> None:
    """Put all inside `part` into a block: text before the first break would be lost without."""
    block = part.makeelement("div")
    block.text, part.text = part.text, None
    block[:] = part[:]
    part.append(block)


def drop_headline(tree: HtmlElement, titles: Iterable[str]) -> None:
    """Take the headings of first rank that are a title out of `tree`, and all marked captions.

    Where main-text extraction finds no paragraphs it glues what else there is to one line.
    """
    known = [folded_words(title) for title in titles]
    for element in list(tree.iter("h1", "figcaption")):
        is_known = element.tag == "figcaption" or folded_words(text_of(element)) in known
        if is_known and element.getparent() is not None:
            element.drop_tree()


def _holder(
    part: HtmlElement, chars: Mapping[HtmlElement, int], least: float
) -> HtmlElement | None:
    return next((child for child in part if chars.get(child, 0) >= least), None)


def _is_one_piece(part: HtmlElement) -> bool:
    """Return whether `part` may be one of an article's paragraphs: the others are shorter."""
    if part.tag in WHOLES or next(part.iter("br"), None) is not None:
        return False
    inner: HtmlElement | None = part
    while inner is not None:
        if inner.tag == "p" or (inner.text or "").strip():
            return True
        filled = [child for child in inner if has_text(child)]
        inner = filled[0] if len(filled) == 1 else None
    return False


def _goes_on(part: HtmlElement) -> bool:
    """Return whether paragraphs follow that belong to `part`, however short they are.

    They stand loose after it, or in a block of its kind, as where advertisements part a text.
    """
    if next(part.iterancestors("article"), None) is None:
        return False
    kind = (part.tag, part.get("class"))
    return any(
        text_of(paragraph).endswith(_PARAGRAPH_ENDS)
        for sibling in part.itersiblings()
        if sibling.tag == "p" or (sibling.tag, sibling.get("class")) == kind
        for paragraph in sibling.iter("p")
    )


def _has_article(part: HtmlElement, chars: Mapping[HtmlElement, int], least: float) -> bool:
    """Return whether `part` stands in an article, or has one with that much of the text."""
    if next(part.iterancestors("article"), None) is not None:
        return True
    return any(chars.get(article, 0) >= least for article in part.iter("article"))


def _told_chars(tree: HtmlElement) -> dict[HtmlElement, int]:
    """Return how much running text there is in each element that has any."""
    own: dict[HtmlElement, int] = {}
    for element in tree.iter():
        if text := (element.text or "").strip():
            own[element] = own.get(element, 0) + len(text)
        tail, holder = (element.tail or "").strip(), element.getparent()
        if tail and holder is not None:
            own[holder] = own.get(holder, 0) + len(tail)
    chars: dict[HtmlElement, int] = {}
    for element, count in own.items():
        if count >= _TOLD_CHARS and element.tag != "a":
            for holder in (element, *element.iterancestors()):
                chars[holder] = chars.get(holder, 0) + count
    return chars
