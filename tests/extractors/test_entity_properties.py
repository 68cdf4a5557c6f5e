import itertools
from collections.abc import Sequence

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractors.analysed import ANALYSED_ROLES
from extractors.entities import resolve
from extractors.nlp import Parse
from extractors.records import Article, Paragraph
from tests.builders import an_article
from tests.steps import steps_of

MIXED = (
    "OSLO — Prime Minister Maria Lindqvist’s cabinet met the Harbour Bank (HB) on 3 May 2024.\n"
    "Lindqvist told reporters in the U.S. that Danes, Poles and others agreed.\n\n"
    "“No,” Karl Brandt Jr. said. Brandt added: “HB paid €3 million.” The Post had it first."
)


def _check(article: Article, mentions, entities):
    analysed = [p for p in article.paragraphs if p.role in ANALYSED_ROLES]
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
    for one in mentions:
        assert one.text == article.text[one.start : one.end]
        assert one.text == one.text.strip() != ""
        assert "\n" not in one.text
        assert any(p.start <= one.start and one.end <= p.end for p in analysed)
    first_seen = dict.fromkeys(one.entity for one in mentions if one.entity)
    assert [one.entity for one in entities] == list(first_seen)


def test_mentions_keep_to_their_paragraphs_and_entities_to_their_order(parsed):
    article, parse = parsed(MIXED)

    mentions, entities = resolve(article, parse)

    assert len(mentions) >= 12
    _check(article, mentions, entities)


def test_the_same_text_gives_the_same_records(parsed):
    article, parse = parsed(MIXED)

    assert resolve(article, parse) == resolve(article, parse)


def a_parse(words: Sequence[str], gaps: Sequence[str], spans: Sequence[tuple[int, int, str]]):
    """Return an article of `words` and a parse with `spans`, all tagged as proper nouns."""
    text, starts = "", []
    for word, gap in zip(words, gaps, strict=True):
        starts.append(len(text))
        text += word + gap
    count = len(words)
    parse = Parse(
        starts=tuple(starts),
        ends=tuple(start + len(word) for start, word in zip(starts, words, strict=True)),
        lemmas=tuple(word.lower() for word in words),
        tags=("NNP",) * count,
        pos=("PROPN",) * count,
        heads=tuple(range(count)),
        relations=("nsubj",) * count,
        sentences=(0,) * count,
        paragraphs=(0,) * count,
        named=tuple(spans),
    )
    body = (Paragraph(start=0, end=len(text), role="body"),)
    return an_article(text=text, paragraphs=body), parse


_PIECES = [
    *("Ada", "Okafor", "the", "The", "Post", "(", ")", "AB", "Mr.", "'s", "Oslo", "U.S.", "of"),
    *("Washington", "Jr.", "\n", " ", ",", "Danish", "peninsula", "administration", "2021"),
    *("-", "/", "14", "Ltd", "TOWN", "coach", "goals", "league", "Norway", "beat"),
]
# A tokeniser never leaves a blank inside a word.
_WORDS = st.sampled_from(_PIECES) | st.text(min_size=1, max_size=4).filter(
    lambda word: not any(map(str.isspace, word))
)
_LABELS = st.sampled_from(
    ["PERSON", "ORG", "GPE", "NORP", "DATE", "MONEY", "LAW", "EVENT", "WORK_OF_ART", "CARDINAL"]
)


@example(pairs=[("Ada", ""), (" ", ""), ("Ada", "")], drawn=[(1, 2, "MONEY")])
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(_WORDS, st.sampled_from(["", " ", "\n", "  "])), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 5), _LABELS), max_size=12),
)
def test_any_words_give_mentions_in_order_that_never_overlap(pairs, drawn):
    spans, free = [], 0
    for first, length, label in sorted(drawn):
        if free <= first < len(pairs):
            free = min(first + length, len(pairs))
            spans.append((first, free, label))
    article, parse = a_parse(*zip(*pairs, strict=True), spans)

    mentions, entities = resolve(article, parse)

    _check(article, mentions, entities)


def test_cost_grows_with_the_mentions_and_no_faster():
    def steps(count: int) -> int:
        words = [f"{'Abcdefghij'[i % 10]}{'klmnopqrst'[i // 10 % 10]}ar" for i in range(count)]
        words[::2] = [
            f"N{i}".translate(str.maketrans("0123456789", "abcdefghij")) for i in range(0, count, 2)
        ]
        article, parse = a_parse(
            words, [" "] * count, [(i, i + 2, "PERSON") for i in range(0, count, 2)]
        )
        return steps_of(lambda: resolve(article, parse))

    small, large = steps(300), steps(2_400)

    assert large < 8 * small * 1.5
