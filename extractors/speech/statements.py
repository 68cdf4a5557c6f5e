"""Paragraphs set apart as what somebody said, without marks: led in by a colon, or signed.

"Quill wrote:" and the words below it; "I miss it. ― Bo Ek, Ostby"; "… — Ada Quill (@quill) May 3".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.analysed import analysed_paragraphs
from extractors.records import Article, Paragraph
from extractors.speech.constructions import source_of
from extractors.speech.signs import SENTENCE_ENDS
from extractors.speech.syntax import Tree

_REACH = 16  #: tokens before the colon in which the reporting word stands
#: Nouns that name a text of somebody: "Here is the statement by Bo Ek:".
_TEXTS = frozenset(
    {"statement", "letter", "message", "email", "post", "tweet", "response", "reply"}
)
_OF_WHOM = frozenset({"by", "from", "of"})
_FIRST_PERSONS = frozenset({"i", "we", "my", "our", "me", "us"})
_MOST_FURTHER = 8  #: paragraphs of one statement after its first
_LEAST_WORDS = 5  #: of a paragraph that is prose
_LONGEST_PARAGRAPH = 1500  #: characters
_NOT_PROSE = frozenset("\"“”„«‘'•*-–—―<[(·")
_LONGEST_SIGNATURE = 120  #: characters
_LEAST_SIGNED = 2  #: one signature alone is that of a note or of an author
_NAME = r"[^\W\d_][\w.'’\-]*(?: [^\W\d_][\w.'’\-]*){0,4}"
#: Behind a sentence and a blank: "…his rivals -- Bo Ek." is none, nor a reporter's "….--Bo Ek.".
_SIGNATURE = re.compile(
    rf"(?m:^|(?<=[.!?…\"”])\s+)(?:[―—–]{{1,2}}|--) ?(?P<name>{_NAME})"
    r"(?P<handle> \(@\w{1,30}\))?(?:[ ,][^.!?:\n]{0,60})?(?<!\.)\Z"
)


def stated_paragraphs(
    article: Article, tree: Tree, quoted: Sequence[bool]
) -> Iterator[tuple[int, int, int]]:
    """Yield start and end of each paragraph that a colon leads in, and the reporting word.

    That is the paragraph below the colon and, where the author has not written in the first
    person before, those behind it that do.
    """
    paragraphs = [paragraph for _, paragraph in analysed_paragraphs(article)]
    personal = _first_persons(tree, quoted)
    for place, (above, below) in enumerate(pairwise(paragraphs), start=1):
        if (cue := _leading_in(above, below, article.text, tree, quoted)) is None:
            continue
        yield below.start, below.end, cue
        if bisect_left(personal, above.end):
            continue
        for further in paragraphs[place + 1 : place + 1 + _MOST_FURTHER]:
            if not _goes_on(further, article.text, personal):
                break
            yield further.start, further.end, cue


def signed_paragraphs(article: Article, tree: Tree) -> Iterator[tuple[int, int]]:
    """Yield start and end of what is signed behind a dash, in its own or in the next paragraph.

    With the name of an account one signature is enough, else there must be two.
    """
    found = list(_signed(article, tree))
    are_many = len(found) >= _LEAST_SIGNED
    for start, end, has_handle in found:
        if has_handle or are_many:
            yield start, end


def source_of_statement(tree: Tree, cue: int) -> int | None:
    """Return who says what `cue` leads in: the source of a verb, "by" or "of" whom a noun is."""
    if tree.parse.pos[cue] != "NOUN":
        source = source_of(tree, cue)
        return _person_before(tree, cue) if source is None else source
    for child in tree.children[cue]:
        if tree.parse.relations[child] == "poss":
            return child
        if tree.parse.lemmas[child] in _OF_WHOM:
            return tree.child(child, "pobj")
    return None


def _person_before(tree: Tree, verb: int) -> int | None:
    """Return the last token of the person named nearest before `verb` in its sentence.

    For "In a letter, Ada Quill, the mayor, wrote:", of which the parse can lose the subject.
    """
    for token in range(verb - 1, max(verb - _REACH, 0) - 1, -1):
        if tree.parse.sentences[token] != tree.parse.sentences[verb]:
            return None
        if tree.named.get(token) == "PERSON":
            return token
    return None


def _leading_in(
    above: Paragraph, below: Paragraph, text: str, tree: Tree, quoted: Sequence[bool]
) -> int | None:
    """Return the reporting word with which the paragraph `above` leads in the one `below`."""
    words = text[below.start : below.end]
    if text[above.end - 1 : above.end] != ":" or not _is_prose(words):
        return None
    if words[-1] not in SENTENCE_ENDS or below.role != "body":
        return None
    return _cue_before(tree, quoted, above.end)


def _first_persons(tree: Tree, quoted: Sequence[bool]) -> list[int]:
    """Return where "I", "we" and the like stand outside quotation marks, in order."""
    return [
        tree.parse.starts[token]
        for token, lemma in enumerate(tree.parse.lemmas)
        if lemma.casefold() in _FIRST_PERSONS and not quoted[token]
    ]


def _goes_on(paragraph: Paragraph, text: str, personal: Sequence[int]) -> bool:
    """Answer whether `paragraph` is in the first person, and so goes on with a statement."""
    place = bisect_left(personal, paragraph.start)
    is_personal = place < len(personal) and personal[place] < paragraph.end
    words = text[paragraph.start : paragraph.end]
    return is_personal and paragraph.role == "body" and words[0] not in _NOT_PROSE


def _is_prose(words: str) -> bool:
    return (
        words[:1] not in _NOT_PROSE
        and len(words) <= _LONGEST_PARAGRAPH
        and len(words.split(maxsplit=_LEAST_WORDS)) >= _LEAST_WORDS
    )


def _cue_before(tree: Tree, quoted: Sequence[bool], end: int) -> int | None:
    """Return the last reporting word of the sentence that ends at character `end`."""
    last = tree.tokens(end - 1, end)[0]
    sentences = tree.parse.sentences
    for token in range(min(last, tree.size) - 1, max(last - _REACH, 0) - 1, -1):
        if last < tree.size and sentences[token] != sentences[last]:
            return None
        if not quoted[token] and (tree.reports_speech(token) or _names_text(tree, token, last)):
            return token
    return None


def _names_text(tree: Tree, token: int, colon: int) -> bool:
    """Answer whether `token` is a noun for a text, and tells to the colon whose text it is."""
    parse = tree.parse
    is_text = parse.pos[token] == "NOUN" and parse.lemmas[token] in _TEXTS
    return (
        is_text and tree.right[token] >= colon - 1 and source_of_statement(tree, token) is not None
    )


def _signed(article: Article, tree: Tree) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of what seems signed, and whether by the name of an account."""
    above: Paragraph | None = None
    for _, paragraph in analysed_paragraphs(article):
        begin = max(paragraph.start, paragraph.end - _LONGEST_SIGNATURE)
        found = _SIGNATURE.search(article.text, begin, paragraph.end)
        if found is not None and _is_signer(tree, found):
            start = paragraph.start
            end = start + len(article.text[start : found.start()].rstrip())
            if start == end and above is not None:
                start, end = above.start, above.end
            if _is_prose(article.text[start:end]):
                yield start, end, found["handle"] is not None
        above = paragraph


def _is_signer(tree: Tree, found: re.Match[str]) -> bool:
    """Answer whether the name in a signature is that of an account or person."""
    first = tree.tokens(*found.span("name"))[0]
    return found["handle"] is not None or tree.named.get(first) == "PERSON"
