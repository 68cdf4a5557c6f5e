"""What of an article's page becomes its text, by the forms that templates give it."""

import pytest

from extractors.errors import PageError
from extractors.maintext import article_from
from tests.extractors.bridge_pages import PARAGRAPHS, TITLE, a_page

FIRST, SECOND, THIRD, FOURTH = TOLD = PARAGRAPHS
SUMMARY = "Three years of quarrels over who pays for the stone have come to an end."
FIGURES = "".join(
    f"<figure><img src={n}.jpg><figcaption>The bridge in the year {n}</figcaption></figure>"
    for n in range(9)
)
BESIDE = {
    "a form to get letters": "<section class=x1><h3>The Sunday letter</h3><p class=x2>The best of "
    "the river, by hand.</p><form><input type=email><button>Send</button></form></section>",
    "a button to subscribe": "<div class=x1><h2>River post</h2><p class=x2>Our best stories each "
    "Monday.</p><button>Subscribe now</button></div>",
    "a dialogue": "<div role=dialog><p>You read on another device already.</p></div>",
    "a list of links": "<h3>Also in Lindby</h3><ul><li><a href=/a>Ferry nine is late again</a>"
    "</li><li><a href=/b>Mill burns for a second time</a></li></ul>",
    "a teaser": "<article><h3><a href=/a>Mill burns again</a></h3><p>What the firemen saw when "
    "they came to the river on Sunday.</p></article>",
    "a line of author and time": "<div><span>Bo Lund</span> <time>3 May</time></div>",
    "a pull quote": "<blockquote class=big>We have waited long enough, and the bridge has not"
    "</blockquote>",
    "an embedded post": '<blockquote class="twitter-tweet"><p>Our bridge at last!</p></blockquote>',
    "a label of an author": "<p>Jo Doe in Lindby</p>",
    "a template's hole": "<p>$$ADVERT$$</p>",
    "a note that more will come": "<p>This is a breaking news story, more to follow.</p>",
    "a list of tags": "<p>Tags: bridge, Lindby, council</p>",
    "a hint at a channel": "<p>Get the news first on our WhatsApp channel.</p>",
}
UNMARKED_CAPTIONS = {
    "in italics": "<p><img src=a.jpg><br><em>{}</em></p>",
    "in a block of its own": "<div><img src=a.jpg><div class=words>{}</div></div>",
    "in a class of its own": "<div><img src=a.jpg><p class=infotext>{}</p></div>",
    "with a credit": "<div><img src=a.jpg><h4>{}</h4><p>Photo: Bo Lund</p></div>",
}
KEPT = {
    "a quotation": "<blockquote><p>{}</p></blockquote>",
    "a paragraph beside a picture": "<div><img src=a.jpg><p>{}</p></div>",
    "a paragraph after a picture": "<p><img src=a.jpg>{}</p>",
    "an item": "<ul><li>{}</li><li>Lamps along the path to the mill are the last part.</li></ul>",
    "a correction": "<p>Correction: {}</p>",
}
PARAGRAPHS = {
    "paragraphs": "".join(f"<p>{text}</p>" for text in TOLD),
    "blocks": "".join(f"<div>{text}</div>" for text in TOLD),
    "line breaks": f"<div>{'<br><br>'.join(TOLD)}</div>",
    "a drop cap": f"<p><span class=cap>T</span>{FIRST[1:]}</p><p>{'</p><p>'.join(TOLD[1:])}</p>",
}


def article_with(inner: str, head: str = ""):
    html = (
        f"<html lang=en><head><title>{TITLE} | Gazette</title><meta name=author content='Jo Doe'>"
        f"{head}</head><body><main><article><h1>{TITLE}</h1>{inner}</article></main></body></html>"
    )
    return article_from(a_page(html))


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def lines_of(article) -> list[tuple[str, str]]:
    return [(each.role, article.text[each.start : each.end]) for each in article.paragraphs]


def told(*texts: str) -> list[tuple[str, str]]:
    return [("body", text) for text in texts]


@pytest.mark.parametrize("inner", PARAGRAPHS.values(), ids=PARAGRAPHS.keys())
def test_paragraphs_are_lines_however_they_are_set(inner):
    article = article_with(inner)

    assert lines_of(article) == told(*TOLD)


@pytest.mark.parametrize("box", BESIDE.values(), ids=BESIDE.keys())
def test_what_stands_between_paragraphs_is_no_text(box):
    article = article_with(paragraphs(FIRST, SECOND) + box + paragraphs(THIRD, FOURTH))

    assert lines_of(article) == told(*TOLD)


@pytest.mark.parametrize("form", UNMARKED_CAPTIONS.values(), ids=UNMARKED_CAPTIONS.keys())
def test_a_caption_that_nothing_marks_is_kept_apart(form):
    box = form.format("Ada Lind at the bridge")

    article = article_with(paragraphs(FIRST, SECOND) + box + paragraphs(THIRD, FOURTH))

    assert lines_of(article) == told(*TOLD)
    assert [caption[:22] for caption in article.captions] == ["Ada Lind at the bridge"]


@pytest.mark.parametrize("form", KEPT.values(), ids=KEPT.keys())
def test_what_looks_like_a_box_and_tells_is_kept(form):
    words = "Nobody was hurt when the stone fell into the river."

    article = article_with(paragraphs(FIRST, SECOND) + form.format(words) + paragraphs(THIRD))

    assert words in article.text
    assert not article.captions


def test_headings_that_the_contents_link_to_are_headings():
    contents = "<ul><li><a href='#a'>Who pays for it</a></li><li><a href='#b'>When</a></li></ul>"
    rest = f"<h2 id=a>Who pays for it</h2><p>{THIRD}</p><h2><a name=b>When</a></h2><p>{FOURTH}</p>"

    article = article_with(contents + paragraphs(FIRST, SECOND) + rest)

    assert lines_of(article) == [
        *told(FIRST, SECOND), ("heading", "Who pays for it"), *told(THIRD), ("heading", "When"),
        *told(FOURTH),
    ]  # fmt: skip


def test_every_post_of_a_live_blog_is_text_with_its_heading():
    posts = "".join(
        f"<div class=post><time>1{n}:00</time><h2>Update {n}</h2><p>{text}</p></div>"
        for n, text in enumerate(TOLD)
    )

    article = article_with(posts)

    assert [line for role, line in lines_of(article) if role == "body"] == list(TOLD)
    assert [line for role, line in lines_of(article) if role == "heading"] == [
        f"Update {n}" for n in range(4)
    ]


def test_short_posts_with_a_form_each_are_text():
    posts = "".join(
        f"<div class=post><p>Goal {n} for Lindby.</p><form><button>Share</button></form></div>"
        for n in range(6)
    )

    article = article_with(paragraphs(FIRST) + posts + paragraphs(SECOND, THIRD))

    assert [line for _, line in lines_of(article)] == [
        FIRST, *(f"Goal {n} for Lindby." for n in range(6)), SECOND, THIRD,
    ]  # fmt: skip


def test_a_time_in_a_sentence_is_part_of_it():
    article = article_with(paragraphs(*TOLD, "It was shut at <time>10:00</time> on Monday."))

    assert lines_of(article)[-1] == ("body", "It was shut at 10:00 on Monday.")


@pytest.mark.parametrize(
    "inner",
    [
        f"<h2>{SUMMARY}</h2>",
        f"<p class=lead>{SUMMARY}</p>",
        f"<header><h1>{TITLE}</h1><p>{SUMMARY}</p></header>",
    ],
    ids=["a sentence as heading", "a class", "in the headline's block"],
)
def test_the_summary_under_the_headline_is_the_standfirst(inner):
    article = article_with(inner + paragraphs(*TOLD))

    assert lines_of(article) == [("standfirst", SUMMARY), *told(*TOLD)]


@pytest.mark.parametrize(
    "note",
    [
        "Jo Doe is the author of two books on bridges.",
        "Our correspondent Jo Doe writes on rivers.",
        "Read what the others said here:",
    ],
)
def test_a_note_at_the_end_is_no_text(note):
    article = article_with(paragraphs(*TOLD, note))

    assert lines_of(article) == told(*TOLD)


def test_a_last_line_on_somebody_else_is_text():
    article = article_with(paragraphs(*TOLD, "Ada Lind is the mayor of Lindby since 2019."))

    assert lines_of(article)[-1] == ("body", "Ada Lind is the mayor of Lindby since 2019.")


def test_a_headline_is_not_glued_to_text_that_has_no_paragraphs():
    article = article_with("\n".join(TOLD))

    assert TITLE not in article.text
    assert article.text.startswith(FIRST)


def test_a_gallery_has_its_intro_as_text_and_its_captions_apart():
    article = article_with("<p>A day at the bridge, in nine pictures.</p>" + FIGURES)

    assert lines_of(article) == told("A day at the bridge, in nine pictures.")
    assert len(article.captions) == 9


def test_a_gallery_of_nothing_but_captions_is_no_article():
    with pytest.raises(PageError) as raised:
        article_with(FIGURES)

    assert raised.value.reason == "empty"
