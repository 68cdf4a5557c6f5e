"""Boxes among an article's paragraphs, told by what they are made of, whatever they are called.

Taken out of the tree: forms and dialogues, teasers, lists of links, lines of date and author, and
captions that no `figcaption` marks, which are kept aside.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from extractors.pages.htmltree import WHOLES, has_text, selector, text_of, text_within
from extractors.pages.textfilter import SENTENCE_ENDS, is_credit
from extractors.pages.wordcount import count_words

#: Attributes are looked for by themselves: there are fewer of them than of elements.
_FORMS = selector(
    "//form | //textarea | //dialog"
    " | //*/@role[.='dialog' or .='alertdialog']/.. | //*/@aria-modal[.='true']/.."
)
_BUTTONS = selector("//button | //*/@role[.='button']/..")
_TEASERS = selector("//article[.//h2//a[@href] or .//h3//a[@href] or .//h4//a[@href]]")
_LISTS = selector("//ul[li//a] | //ol[li//a]")
_NAMED = selector("//a[not(@href)]")
_STAMPS = selector("//time")
_PICTURES = selector("//img[not(ancestor::figure)]")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: What a button says that asks for a subscription or an account.
_JOINS = re.compile(
    r"abonn|anmeld|registrier|subscri|sign ?up|log ?in|einloggen|inscri|suscr|regístr|iscriv"
    r"|registrati|assin|prenumer|aanmeld|inschrijv|odebír|zapisz|подпис|kaydol|đăng ký|登録|구독",
    re.IGNORECASE,
)
#: Each one may have all of the page around it.
_MOST = 200
_CHARS_A_WORD = 20
_MAX_BOX_WORDS = 60
_MAX_BOX_LEVELS = 3
_FEW_FORMS = 4
_MAX_STAMP_WORDS = 8
_MAX_CAPTION_WORDS = 35
_MAX_CREDITED_WORDS = 90
#: A paragraph of the article has at least so many, and its class tells the others.
_TOLD_WORDS = 25
_LINK_SHARE = 0.5
_MAX_ITEM_CHARS = 1_000


def take_boxes(tree: HtmlElement) -> tuple[str, ...]:
    """Take such boxes out of `tree`; return the captions among them, each once."""
    for name in _NAMED(tree):  # the target of a jump, and no link
        name.drop_tag()
    forms = _FORMS(tree)[:_MOST]
    for form in forms:
        _drop_box(form, is_lone=len(forms) <= _FEW_FORMS)
    for button in _BUTTONS(tree)[:_MOST]:
        _drop_box(button, is_lone=False)
    for teaser in _TEASERS(tree):
        if _is_within(teaser, _MAX_BOX_WORDS):
            _drop(teaser)
    for links in _LISTS(tree):
        _drop_links(links)
    for stamp in _STAMPS(tree)[:_MOST]:
        _drop_stamp(stamp)
    return tuple(dict.fromkeys(_taken_captions(tree)))


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:  # else it went with what is around it
        element.drop_tree()


def _is_within(element: HtmlElement, words: int) -> bool:
    """Return whether an element has no more words; no more of a long text is looked at."""
    left = _CHARS_A_WORD * words
    pieces: list[str] = []
    for piece in element.itertext():
        left -= len(piece.strip())
        if left < 0:
            return False
        pieces.append(piece)
    return count_words("".join(pieces)) <= words


def _drop_box(element: HtmlElement, *, is_lone: bool) -> None:
    """Drop a small form or button, and with it the largest of the small blocks around it.

    Not so where it may stand in each post of a live blog, to share it by.
    """
    if not _is_within(element, _MAX_BOX_WORDS):
        return
    if not is_lone and not _JOINS.search(text_of(element)):
        _drop(element)
        return
    box = element
    for holder in islice(element.iterancestors(), _MAX_BOX_LEVELS):
        if holder.tag in WHOLES or next(holder.iter("h1"), None) is not None:
            break
        if not _is_within(holder, _MAX_BOX_WORDS):
            break
        box = holder
    _drop(box)


def _drop_links(links: HtmlElement) -> None:
    """Drop a list of nothing but links, with its heading."""
    if not all(item.tag == "li" and _is_link(item) for item in links):
        return
    heading = links.getprevious()
    if heading is not None and heading.tag in _HEADINGS and not (heading.tail or "").strip():
        _drop(heading)
    _drop(links)


def _is_link(item: HtmlElement) -> bool:
    text = text_within(item, _MAX_ITEM_CHARS)
    if text is None:
        return False
    return sum(len(text_of(link)) for link in item.iter("a")) > _LINK_SHARE * len(text)


def _drop_stamp(stamp: HtmlElement) -> None:
    """Drop the block around a time if there is no more than a name beside it.

    Elsewhere it becomes text: main-text extraction would leave a hole in the sentence.
    """
    block = next(stamp.iterancestors("p", "div", "li", "header"), None)
    if block is not None and _is_stamp(block, count_words(text_of(stamp))):
        _drop(block)
    elif stamp.getparent() is not None:
        stamp.drop_tag()


def _is_stamp(block: HtmlElement, time_words: int) -> bool:
    if not _is_within(block, time_words + _MAX_STAMP_WORDS):
        return False
    if text_of(block).endswith(SENTENCE_ENDS):
        return False
    return next(block.iter(*_HEADINGS, "strong", "b"), None) is None


def _taken_captions(tree: HtmlElement) -> Iterator[str]:
    frames = list(dict.fromkeys(_frames(tree)))
    told = _told_classes(tree) if frames else frozenset()
    for frame in frames:
        text = text_of(frame)  # empty where a frame inside it went before
        if text and _is_caption(frame, told):
            yield text
            _drop(frame)


def _frames(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements that hold a picture and few words."""
    textless: set[HtmlElement] = set()  # many pictures may stand in the same blocks
    for picture in _PICTURES(tree)[:_MOST]:
        frame = picture.getparent()
        while frame is not None and (frame in textless or not has_text(frame)):
            textless.add(frame)
            frame = frame.getparent()
        if frame is None or frame.tag in WHOLES:
            continue
        if _is_within(frame, _MAX_CREDITED_WORDS):
            yield frame


def _told_classes(tree: HtmlElement) -> frozenset[str]:
    """Return the classes of paragraphs that tell, which are all where none is long."""
    paragraphs = list(tree.iter("p"))
    long = [each for each in paragraphs if not _is_within(each, _TOLD_WORDS - 1)]
    return frozenset(each.get("class") or "" for each in long or paragraphs)


def _is_caption(frame: HtmlElement, told: frozenset[str]) -> bool:
    """Return whether words beside a picture are credited, or few and set as no paragraph is."""
    if any(is_credit(text_of(each)) for each in frame.iter("p", "span", "small", "em", "div")):
        return True
    if not _is_within(frame, _MAX_CAPTION_WORDS):
        return False
    if next(frame.iter(*_HEADINGS, "a", "li"), None) is not None:
        return False
    paragraphs = [each for each in frame.iter("p") if text_of(each)]
    if frame.tag == "p" or any((each.get("class") or "") in told for each in paragraphs):
        whole = text_of(frame)
        return any(text_of(each) == whole for each in frame.iter("em", "i", "small"))
    return True
