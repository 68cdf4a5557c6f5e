import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.analysed import MAX_ANALYSED_CHARS
from extractors.records import Article, Paragraph, Role
from extractors.speech.marks import Marked, quoted_spans
from tests.builders import an_article
from tests.steps import steps_of


def article_of(*lines: tuple[str, Role] | str) -> Article:
    text, paragraphs = "", []
    for line in lines:
        words, role = line if isinstance(line, tuple) else (line, "body")
        paragraphs.append(Paragraph(start=len(text), end=len(text) + len(words), role=role))
        text += words + "\n"
    return an_article(text=text, paragraphs=tuple(paragraphs))


def found_in(*lines: tuple[str, Role] | str) -> list[str]:
    article = article_of(*lines)
    return [article.text[span.start : span.end] for span in quoted_spans(article)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('He said "no" and left.', ["no"], id="straight"),
        pytest.param("“We go,” she said. “Now.”", ["We go,", "Now."], id="curly"),
        pytest.param("She said ''it's late'' today.", ["it's late"], id="two apostrophes"),
        pytest.param("``Never,'' he said.", ["Never,"], id="back quotes"),
        pytest.param("«Oui», dit-il.", ["Oui"], id="guillemets"),
        pytest.param("« Non », dit-elle.", ["Non"], id="spaced guillemets"),
        pytest.param("»Ja«, sagte sie.", ["Ja"], id="guillemets turned inwards"),
        pytest.param("„Das ist gut“, sagte er.", ["Das ist gut"], id="low-high"),
        pytest.param("”Hej på dig”, sa han.", ["Hej på dig"], id="the same curly mark twice"),
        pytest.param("‘I won’t go,’ she said.", ["I won’t go,"], id="single, with apostrophe"),
        pytest.param("Mayor: 'I will win' the race", ["I will win"], id="straight single"),
        pytest.param("The '90s were 'great', rock 'n' roll.", ["great"], id="elisions"),
        pytest.param(
            "the boys' toys and the girls' dolls are 'fun'", ["fun"], id="possessive plurals"
        ),
        pytest.param(
            "‘The workers’ rights matter,’ he said.",
            ["The workers’ rights matter,"],
            id="possessive inside single marks",
        ),
        pytest.param(
            "‘He said “never” to me.’", ["He said “never” to me."], id="double inside single"
        ),
        pytest.param(
            '"A "nested" word," he said. "B."',
            ['A "nested" word,', "B."],
            id="the same straight mark nested",
        ),
        pytest.param(
            "“He called it “mad” and “bad”,” she said.",
            ["He called it “mad” and “bad”,"],
            id="the same curly marks nested",
        ),
        pytest.param(
            "« Il a dit « oui » hier », dit-il.", ["Il a dit « oui » hier"], id="nested guillemets"
        ),
        pytest.param("''He said 'no''' she said", ["He said 'no'"], id="three apostrophes"),
        pytest.param('It is 6\'2" tall and "nice".', ["nice"], id="inches"),
        pytest.param('he said:"Yes" and "No".', ["Yes", "No"], id="no blank before the mark"),
        pytest.param('“foo" he said, “bar”', ["foo", "bar"], id="curly closed by straight"),
        pytest.param("“right here,“ he said, “bar”", ["right here,", "bar"], id="closed by opener"),
        pytest.param('“” and ""', [], id="nothing between"),
        pytest.param("“ spaced ” word", ["spaced"], id="blanks inside"),
        pytest.param('stray" mark and "good" one', ["good"], id="a stray closing mark"),
        pytest.param(
            "He said “foo and left. “Bar,” she said.",
            ["foo and left.", "Bar,"],
            id="a mark never closed costs its own quotation",
        ),
        pytest.param('He is 6\'3" and 5\' 10", a "giant".', ["giant"], id="feet and inches"),
        pytest.param(
            '"I am 5\'10" tall," he said. "My 6" pipe is here," she said.',
            ["I am 5'10\" tall,", 'My 6" pipe is here,'],
            id="inches inside straight marks",
        ),
        pytest.param("‘I’m goin’ home,’ she said.", ["I’m goin’ home,"], id="a g left out"),
        pytest.param("the ‘Boys’ Club’ met", ["Boys’ Club"], id="possessive before a capital"),
        pytest.param("‘‘We go,’’ he said. “Us too,’’ said Ek", ["We go,", "Us too,"], id="doubled"),
        pytest.param(",,Nie'', dodał. ,,Tak”.", ["Nie", "Tak"], id="two commas open"),
        pytest.param(
            "”Vi går nu, sa han. ”Jag med.”",
            ["Vi går nu, sa han.", "Jag med."],
            id="the same curly mark, one never closed",
        ),
        pytest.param("‹ Ah bon ›, dit-il.", ["Ah bon"], id="single guillemets with blanks"),
        pytest.param(
            "‘We go, she said. ‘It is late,’ he said. ‘I stay,’ she said.",
            ["It is late,", "I stay,"],
            id="a single mark never closed",
        ),
        pytest.param(
            '“He left. "It was never safe," said Quill. "I told them."',
            ["It was never safe,", "I told them."],
            id="a stray mark of another sort",
        ),
        pytest.param(
            "‘She sang rock ’n’ roll,’ he said. ‘We ran.’",
            ["She sang rock ’n’ roll,", "We ran."],
            id="a word of one letter between apostrophes",
        ),
        pytest.param(
            "‘He cried “run for your lives” and we ran,’ she said.",
            ["He cried “run for your lives” and we ran,"],
            id="a double mark behind an s inside single marks",
        ),
        pytest.param('""We go now,"" said Bo Ek.', ["We go now,"], id="each mark twice"),
        pytest.param(
            '"The plan “to go” is dead, he said.',
            ["The plan “to go” is dead, he said."],
            id="never closed around words that nobody says",
        ),
    ],
)
def test_marks_of_one_paragraph_are_paired(text: str, expected: list[str]):
    assert found_in(text) == expected


def test_a_quotation_goes_on_over_paragraphs_that_begin_with_a_mark():
    article = article_of("“One.", "“Two.", "“Three,” he said.")

    spans = list(quoted_spans(article))

    assert [(span.continued, span.closed) for span in spans] == [
        (False, False),
        (True, False),
        (True, True),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("‘One.", "‘Two,’ he said. ‘Three.’"),
        ("'One.", "'Two,' he said. 'Three.'"),
        ("« One.", "» Two », dit-il. « Three. »"),
        ('"One.', 'Two," he said. "Three."'),
        ("”One.", "”Two”, sa hon. ”Three.”"),
        ("“One.", "—", "“Two,” he said. “Three.”"),
    ],
    ids=["single", "straight single", "French", "no mark at the head", "Swedish", "a rule between"],
)
def test_marks_of_any_sort_go_on_in_the_next_paragraph(lines: tuple[str, ...]):
    spans = list(quoted_spans(article_of(*lines)))

    assert [(span.continued, span.closed) for span in spans] == [
        (False, False),
        (True, True),
        (False, True),
    ]


def test_a_stray_mark_does_not_take_the_next_paragraph_for_its_own():
    lines = ('" He left. “It is late,” she said.', "“Bye,” he said.")

    assert found_in(*lines) == ["It is late,", "Bye,"]


def test_a_caption_inside_a_quotation_is_stepped_over():
    assert found_in("“One.", ("Photo: “A tree”", "caption"), "“Two,” he said.") == ["One.", "Two,"]


def test_only_analysed_roles_are_read():
    lines = [("“A word”", role) for role in ("headline", "caption", "credit", "byline")]

    assert found_in(*lines, ("“Here”", "standfirst")) == ["Here"]


def test_a_mark_left_open_costs_no_more_than_its_paragraph():
    assert found_in('"Lost and gone.', 'She said "fine" then.') == ["Lost and gone.", "fine"]


def test_a_forgotten_mark_at_the_head_of_a_paragraph_is_supplied():
    assert found_in("“One.", "Two,” he said. “Three.”") == ["One.", "Two,", "Three."]


SOUPS = [
    '"',
    "“",
    "“”",
    '" ',
    "' ",
    '"a ',
    "“a ",
    "‘a ",
    "«a",
    "''",
    "‘“",
    "»«",
    "„a“ ",
    '""a',
    "’s '",
    '"a “b,” ',
    '« “a,” " ‘b,’ ',
    '6" a ',
    "s' a ",
    ",,a",
]


def steps_for(*lines: str) -> int:
    article = article_of(*lines)
    return steps_of(lambda: list(quoted_spans(article)))


@pytest.mark.parametrize("chars_a_line", [None, 500], ids=["one line", "many lines"])
@pytest.mark.parametrize("pattern", SOUPS)
def test_hostile_marks_take_linear_time(pattern: str, chars_a_line: int | None):
    def steps(chars: int) -> int:
        line = pattern * ((chars_a_line or chars) // len(pattern))
        return steps_for(*[line] * (chars // len(line)))

    assert steps(8_000) < 5 * steps(2_000)


def test_marks_past_what_is_analysed_cost_nothing():
    words = "a" * MAX_ANALYSED_CHARS

    assert steps_for(words, *['"' * 90] * 1_000) < steps_for(words) + 20_000


MARKS = st.text(alphabet="\"'“”‘’«»„‚`ab. \n,s", max_size=80)


@given(st.lists(st.one_of(MARKS, st.text(max_size=60)), max_size=5))
def test_any_text_gives_spans_in_order_that_never_overlap(lines: list[str]):
    article = article_of(*lines)

    spans: list[Marked] = list(quoted_spans(article))

    assert spans == list(quoted_spans(article))
    last = 0
    for span in spans:
        paragraph = article.paragraphs[span.paragraph]
        assert paragraph.start <= span.outer_start <= span.start < span.end
        assert span.end <= span.outer_end <= paragraph.end
        assert span.outer_start >= last
        last = span.end
