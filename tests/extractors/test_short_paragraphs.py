"""Articles of short paragraphs, in all the blocks that templates set them in."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.maintext import article_from
from tests.extractors.feed_pages import a_page

TITLE = "The town hall of Lindby has been sold today"
LONG = (
    "The council of Larkhaven adopted its budget late on Tuesday, after nine hours of debate in a"
    " crowded hall of the old town. The opposition voted against it and asked for an inquiry into"
    " the cost of the new bridge, which has doubled in two years and may double again. Farmers"
    " from the valley, who had come with tractors, blocked the road to the harbour until midnight"
    " and went home after a talk with the police, who made notes of it all."
)
SHORT = (
    "A second vote follows.",
    '"We won," said Mara Lindqvist.',
    "The vote is valid from the first of May, the clerk said.",
    "Correction: an earlier text gave nine million as the cost.",
)
HOLDERS = {
    "an article": "<article>{head}{body}</article>",
    "a block in an article": "<article>{head}<div class=b>{body}</div></article>",
    "a main part": "<main>{head}{body}</main>",
    "a block in a main part": "<main>{head}<div>{body}</div></main>",
    "a block": "<div>{head}{body}</div>",
    "a page with more": "<header><nav><a href=/>Home</a></nav></header><main><article>{head}"
    "<div class=text>{body}</div></article></main><footer><p>Imprint</p></footer>",
}
BLOCKS = {
    "paragraphs": "<p>{}</p>",
    "spans": "<p><span>{}</span></p>",
    "paragraphs in blocks": "<div><p>{}</p></div>",
    "blocks": "<div>{}</div>",
    "sections": "<section><p>{}</p></section>",
    "lines": "{}<br><br>",
}
WORDS = ("council", "harbour", "budget", "river", "bridge", "farmers", "winter", "county", "stone")


def text_of(texts: list[str] | tuple[str, ...], holder: str, block: str) -> list[str]:
    body = "".join(block.format(text) for text in texts)
    page = holder.format(head=f"<h1>{TITLE}</h1>", body=body)
    html = f"<html lang=en><head><title>{TITLE}</title></head><body>{page}</body></html>"
    return article_from(a_page(html.encode(), "text/html; charset=utf-8")).text.split("\n")


@pytest.mark.parametrize(
    ("holder", "block"),
    list(product(HOLDERS.values(), BLOCKS.values())),
    ids=[f"{block} in {holder}" for holder, block in product(HOLDERS, BLOCKS)],
)
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_short_paragraphs_after_a_long_one_are_text(holder, block, count):
    texts = (LONG, *SHORT[:count])

    assert text_of(texts, holder, block) == list(texts)


def test_short_blocks_after_a_block_of_the_same_kind_are_text():
    body = f"<div class=chunk><p>{LONG}</p><p>{LONG.upper()}</p></div>"
    body += f"<aside>Advert</aside><div class=chunk><p>{SHORT[0]}</p><p>{SHORT[1]}</p></div>"

    lines = text_of([body], HOLDERS["an article"], "{}")

    assert lines == [LONG, LONG.upper(), SHORT[0], SHORT[1]]


@given(
    lengths=st.lists(st.sampled_from([3, 5, 8, 12, 20, 40, 60]), min_size=1, max_size=15),
    holder=st.sampled_from(sorted(HOLDERS.values())),
    block=st.sampled_from(sorted(BLOCKS.values())),
)
@settings(max_examples=60, deadline=None)
def test_no_paragraph_is_lost_however_long_its_neighbours_are(lengths, holder, block):
    texts = [
        " ".join(["The", *(WORDS[(n + at) % len(WORDS)] for n in range(words)), f"of {at}."])
        for at, words in enumerate(lengths)
    ]

    assert text_of([LONG, *texts], holder, block) == [LONG, *texts]
