"""The part of a page that tells: nearly all of its running text, and little else."""

from collections.abc import Mapping

from lxml.html import HtmlElement

#: Shorter runs of text are labels, teasers and notices; characters.
_TOLD_CHARS = 80
_LEAST_CHARS = 400
#: With all of the text, a line of legal notes in the footer would hold the whole page together.
_SHARE = 0.95
_BLOCKS = frozenset({"div", "section", "main"})


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
    while inner is not None:
        part[:] = [inner]
        part, inner = inner, _holder(inner, chars, least)
    if part.tag in _BLOCKS and next(tree.iter("article"), None) is None:
        part.tag = "article"


def _holder(
    part: HtmlElement, chars: Mapping[HtmlElement, int], least: float
) -> HtmlElement | None:
    return next((child for child in part if chars.get(child, 0) >= least), None)


def _told_chars(tree: HtmlElement) -> dict[HtmlElement, int]:
    """Return how much running text there is in each element that has any."""
    chars: dict[HtmlElement, int] = {}
    for element in tree.iter():
        own = len((element.text or "").strip())
        own += sum(len(child.tail.strip()) for child in element if child.tail)
        if own >= _TOLD_CHARS and element.tag != "a":
            for holder in (element, *element.iterancestors()):
                chars[holder] = chars.get(holder, 0) + own
    return chars
