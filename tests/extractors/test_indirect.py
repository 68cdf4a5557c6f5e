import pytest

from extractors.nlp import Parse
from extractors.speech.constructions import cue_reach
from extractors.speech.indirect import reports_in
from extractors.speech.reach import candidate_reports
from extractors.speech.syntax import Tree
from tests.quoting import Parsed
from tests.steps import steps_of


def reports_of(parsed: Parsed, text: str) -> list[tuple[str, str, str | None]]:
    """Return cue, content and head of the source of each report in `text`."""
    _, parse = parsed(text)
    tree = Tree(parse)
    return [
        (
            text[parse.starts[report.cue] : parse.ends[report.cue]],
            " … ".join(text[parse.starts[a] : parse.ends[b]] for a, b in report.parts),
            None
            if report.source is None
            else text[parse.starts[report.source] : parse.ends[report.source]],
        )
        for report in reports_in(tree, [False] * tree.size)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Anna Lind said that the bridge would close.",
            ("said", "that the bridge would close", "Lind"),
            id="clause with that",
        ),
        pytest.param(
            "Anna Lind said the city would rebuild the bridge before the winter.",
            ("said", "the city would rebuild the bridge before the winter", "Lind"),
            id="clause without that",
        ),
        pytest.param(
            "The bridge will be closed until spring, the ministry said.",
            ("said", "The bridge will be closed until spring", "ministry"),
            id="post-posed",
        ),
        pytest.param(
            "It was expected that the bridge would be rebuilt, the Gazette noted on Thursday.",
            ("noted", "It was expected that the bridge would be rebuilt", "Gazette"),
            id="post-posed with a day",
        ),
        pytest.param(
            "The plan, Anna Lind said, would cost a million crowns.",
            ("said", "The plan … would cost a million crowns", "Lind"),
            id="interrupted",
        ),
        pytest.param(
            "According to Anna Lind, the bridge will be closed until spring.",
            ("According", "the bridge will be closed until spring", "Lind"),
            id="according to",
        ),
        pytest.param(
            "The bridge will be closed until spring, according to the ministry.",
            ("according", "The bridge will be closed until spring", "ministry"),
            id="according to, post-posed",
        ),
        pytest.param(
            "Anna Lind denied that the bridge was unsafe.",
            ("denied", "that the bridge was unsafe", "Lind"),
            id="denial",
        ),
        pytest.param(
            "Police reportedly said the man had fled.",
            ("said", "the man had fled", "Police"),
            id="reportedly said",
        ),
        pytest.param(
            "Anna Lind promised to open the bridge before the winter.",
            ("promised", "to open the bridge before the winter", "Lind"),
            id="promise",
        ),
        pytest.param(
            "Peter Holm, who said the bridge was unsafe, resigned on Monday.",
            ("said", "the bridge was unsafe", "who"),
            id="relative clause",
        ),
        pytest.param(
            "Anna Lind asked him why the bridge was closed.",
            ("asked", "why the bridge was closed", "Lind"),
            id="who is asked is no part of the question",
        ),
    ],
)
def test_reports_are_found(parsed: Parsed, text: str, expected: tuple[str, str, str]):
    found = reports_of(parsed, text)

    assert [(cue, content) for cue, content, _ in found] == [expected[:2]]
    assert found[0][2] in {expected[2], "Holm"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The bridge was opened on Monday.", id="plain fact"),
        pytest.param("Rain fell on the town and the river rose.", id="weather"),
        pytest.param("The old lamp stands beside the door.", id="furniture"),
    ],
)
def test_plain_statements_are_no_reports(parsed: Parsed, text: str):
    assert reports_of(parsed, text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param(
            "Anna Lind said that the bridge would close, but the town council disagreed.",
            "that the bridge would close",
            id="another clause",
        ),
        pytest.param(
            "Anna Lind said that the bridge would close and that a ferry would run.",
            "that the bridge would close and that a ferry would run",
            id="what goes on with that",
        ),
    ],
)
def test_a_report_ends_before_what_somebody_else_does(parsed: Parsed, text: str, content: str):
    found = reports_of(parsed, text)

    assert (found[0][0], found[0][1]) == ("said", content)


def test_every_construction_is_tried_whole_and_without_its_tails(parsed: Parsed):
    text = "Anna Lind said that the bridge would close, but the town council disagreed."
    tree = Tree(parsed(text)[1])

    found = [
        each
        for _, reaches in candidate_reports(tree, [False] * tree.size)
        for each in reaches
        if each.tail is not None
    ]

    whole = {each.cue for each in found if not each.is_cut}
    assert whole >= {each.cue for each in found if each.is_cut} > set()
    assert all(each.tail > each.parts[-1][1] for each in found if each.is_cut and each.tail)


@pytest.mark.parametrize(
    ("text", "construction", "content"),
    [
        pytest.param(
            "Lind: Bridge to close by winter", "label", "Bridge to close by winter", id="headline"
        ),
        pytest.param(
            "Anna Lind wrote:\nThe bridge will close.",
            "led in",
            "The bridge will close",
            id="the next paragraph",
        ),
    ],
)
def test_a_colon_leads_in_what_stands_behind_it(
    parsed: Parsed, text: str, construction: str, content: str
):
    parse = parsed(text)[1]
    tree = Tree(parse)

    found = candidate_reports(tree, [False] * tree.size)

    assert (construction, content) in [
        (each.construction, text[parse.starts[each.parts[0][0]] : parse.ends[each.parts[-1][1]]])
        for each, _ in found
    ]


@pytest.mark.parametrize(
    ("text", "verb", "cue"),
    [
        pytest.param("“We will stay,” she went on.", "went", "went on", id="went on"),
        pytest.param("Holm hit back: “It is safe.”", "hit", "hit back", id="hit back"),
        pytest.param("“It is safe,” Holm chimed in.", "chimed", "chimed in", id="chimed in"),
        pytest.param(
            "Lind has pointed out that it is safe.", "pointed", "has pointed out", id="pointed out"
        ),
        pytest.param("It is safe, as Holm put it.", "put", "put it", id="put it"),
        pytest.param("It is safe, Holm said in a letter.", "said", "said", id="said in a letter"),
    ],
)
def test_a_cue_takes_the_particle_beside_it(parsed: Parsed, text: str, verb: str, cue: str):
    parse = parsed(text)[1]

    start, end = cue_reach(Tree(parse), parse.starts.index(text.index(verb)))

    assert text[start:end] == cue


def test_a_report_inside_a_report_belongs_to_the_outer_one(parsed: Parsed):
    found = reports_of(parsed, "Anna Lind said that Peter Holm claimed that the bridge was unsafe.")

    assert [cue for cue, _, _ in found] == ["said"]


def test_cues_inside_marks_are_not_read(parsed: Parsed):
    tree = Tree(parsed("Anna Lind said that the bridge would close.")[1])

    assert reports_in(tree, [True] * tree.size) == []


@pytest.mark.parametrize("relation", ["conj", "ccomp"])
def test_a_sentence_without_end_takes_linear_time(relation: str):
    def steps(words: int) -> int:
        parse = _chain(words, relation)
        return steps_of(lambda: reports_in(Tree(parse), [False] * words))

    small, large = steps(400), steps(1_600)

    assert large < 5 * small


def _chain(words: int, relation: str) -> Parse:
    """Return "said said said…", each under the last, or all under the first."""
    heads = [0 if relation == "conj" else max(0, place - 1) for place in range(words)]
    return Parse(
        starts=tuple(range(0, 5 * words, 5)),
        ends=tuple(range(4, 5 * words, 5)),
        lemmas=("say",) * words,
        tags=("VBD",) * words,
        pos=("VERB",) * words,
        heads=tuple(heads),
        relations=("ROOT", *[relation] * (words - 1)),
        sentences=(0,) * words,
        paragraphs=(0,) * words,
    )


def test_a_memo_reports_what_will_begin(parsed: Parsed):
    text = "According to the memo, closures would begin in the north."

    found = reports_of(parsed, text)

    assert [content for _, content, *_ in found] == ["closures would begin in the north"]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        pytest.param(
            "Tom Reed said fees would rise; Anna Bell argued that they would fall.",
            ["fees would rise", "that they would fall"],
            id="verb before the clause",
        ),
        pytest.param(
            "Rents would rise in May, the council said; the mayor said the buses were old.",
            ["Rents would rise in May", "the buses were old"],
            id="verb behind the clause",
        ),
        pytest.param(
            "Fares would rise; the mayor said the buses were old.",
            ["the buses were old"],
            id="nobody says the first",
        ),
        pytest.param(
            "Fares would rise in May; buses would be cut, the mayor said.",
            ["Fares would rise in May; buses would be cut"],
            id="one says both",
        ),
    ],
)
def test_a_semicolon_parts_the_reports_of_two_people(
    parsed: Parsed, text: str, contents: list[str]
):
    found = reports_of(parsed, text)

    assert [content for _, content, *_ in found] == contents
