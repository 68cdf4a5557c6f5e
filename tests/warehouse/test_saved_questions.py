"""Every saved question, asked of a small known world: exact rows."""

import shutil
from datetime import date, timedelta

import pytest

from extractors.records import Moment
from extractors.versions import judge_change
from tests.builders import (
    NOON,
    a_document,
    a_fetch,
    a_harvest,
    a_quote,
    a_reading,
    an_article,
    an_entity,
)
from warehouse.door import Warehouse
from warehouse.questions import questions
from warehouse.reader import Reader
from warehouse.staging import stage

DAY_1, DAY_2 = date(2026, 3, 1), date(2026, 3, 2)
BRIDGE = "We will rebuild the bridge before winter"
GAZETTE, COURIER = "gazette.example", "courier.example"

#: Of `world`: the parameters, the columns looked at, and the rows in their order.
OF_THE_WORLD = {
    "cues_of": (
        {"speaker": "ADA"},
        "cue, quotes, outlets, shortest_example",
        [("said", 3, 2, "I say yes")],
    ),
    "edited_articles": (
        {"since": "2026-03-03"},
        "url, versions",
        [("https://gazette.example/3", 2)],
    ),
    "entity_timeline": (
        {"name": "oslo"},
        "day, name, mentions, outlets, stories",
        [(DAY_1, "Oslo", 2, 2, 1)],
    ),
    "failures_by_host": (
        {},
        "host, stage, reason, failures, failures_open, tries",
        [(GAZETTE, "page", "http_4xx", 1, 1, 1)],
    ),
    "feed_latency": (
        {},
        "url, entries, entries_read, median_listing_s, median_reading_s",
        [("https://gazette.example/feed.xml", 2, 1, 0.0, 60.0)],
    ),
    "first_outlet_of_a_quote": (
        {"words": "the bridge"},
        "outlet, lag_s, first_outlet",
        [(GAZETTE, 0, GAZETTE), (COURIER, 7200, GAZETTE)],
    ),
    "funnel": (
        {"since": "2026-03-01"},
        "url, entries, entries_read, entries_failed, entries_waiting, quotes, quotes_attributed",
        [("https://gazette.example/feed.xml", 2, 1, 1, 0, 1, 1)],
    ),
    "most_quoted": (
        {},
        "speaker, quotes, articles, outlets, stories, distinct_quotes",
        [("Ada Holm", 3, 3, 2, 2, 2), ("Bo Lind", 1, 1, 1, 1, 1)],
    ),
    "new_this_week": (
        {"days": 1, "label": "PERSON"},
        "name, first_seen_at, quotes",
        [],
    ),
    "only_in_one_outlet": (
        {"outlet": GAZETTE, "other": COURIER},
        "speaker, quotes, last_day",
        [("Bo Lind", 1, DAY_2)],
    ),
    "overlap_of_outlets": (
        {"outlet": COURIER},
        "outlet, other_outlet, shared_stories, shared_quotations",
        [(COURIER, GAZETTE, 1, 1)],
    ),
    "quotes_of": ({"speaker": "lind"}, "text", [("I disagree with that",)]),
    "removed_quotes": ({}, "speaker, text, text_now", [("Ada Holm", "I say no", "I say yes")]),
    "silent_feeds": ({}, "url", [("https://silent.example/feed",)]),
    "speakers_over_time": (
        {"step": "day"},
        "begins, speaker, quotes, distinct_quotes",
        [
            (DAY_1, "Ada Holm", 2, 1),
            (DAY_2, "Ada Holm", 1, 1),
            (DAY_2, "Bo Lind", 1, 1),
        ],
    ),
    "trace_quote": (
        {"words": "rebuild the bridge", "top": 1},
        "fetch_id, text_agrees, archive_file, archive_offset",
        [("f1", True, "2026/03/01.warc.gz", 17)],
    ),
    "what_failed": ({}, "reason, url", [("http_4xx", "https://gazette.example/2")]),
    "who_speaks_about": (
        {"words": "BRIDGE"},
        "speaker, quotes, outlets, stories, distinct_quotes, latest_words",
        [("Ada Holm", 2, 2, 1, 1, BRIDGE)],
    ),
}

OPENING = (
    "The council of Vik met on Tuesday to decide about the crossing that the spring flood broke."
)
WHOLE = f"{BRIDGE}, and the ferry will run until then"
LAST = "The southern bank is dry enough for heavy machines since last week"
REST = (
    "Work has begun on the northern bank. Engineers from the county count on forty working days. "
    f"{LAST}."
)
WIRE = f'{OPENING} "{WHOLE}," Ada Holm told the council. {REST}'
COPY = (
    f'{OPENING} "{BRIDGE}," Ada Holm told reporters. {REST} '
    '"Nobody asked us at all," one resident was heard to say.'
).replace(" Engineers from the county count on forty working days.", "")
LATER = COPY.replace("the northern bank", "the eastern pier, after a delay of a month")

#: Of `wire`, a story that an agency sends, another outlet cuts, and edits a day later.
OF_THE_WIRE = {
    "truncated_quotes": (
        {"speaker": "holm"},
        "cut_by, text, whole_in, whole_text, words_cut",
        [(COURIER, BRIDGE, "wire.example", WHOLE, 7)],
    ),
    "wire_and_copies": (
        {"story": "copy"},
        "outlet, fate, original, copy",
        [
            (COURIER, "kept", OPENING[:-1], OPENING[:-1]),
            (
                COURIER,
                "changed",
                f'"{WHOLE}," Ada Holm told the council',
                f'"{BRIDGE}," Ada Holm told reporters',
            ),
            (
                COURIER,
                "changed",
                "Work has begun on the northern bank",
                "Work has begun on the eastern pier, after a delay of a month",
            ),
            (COURIER, "dropped", "Engineers from the county count on forty working days", None),
            (COURIER, "added", None, '"Nobody asked us at all," one resident was heard to say.'),
            (COURIER, "kept", f"{LAST}.", LAST),
        ],
    ),
    "silent_edits": (
        {"outlet": COURIER},
        "seen_at, modified_at, version, url",
        [(NOON + timedelta(days=1), NOON, 2, "https://courier.example/copy")],
    ),
    "unattributed_by_outlet": (
        {},
        "outlet, quotes, without_speaker, without_name, share_without_speaker",
        [(COURIER, 2, 1, 0, 0.5), ("wire.example", 1, 0, 0, 0.0)],
    ),
    "figures_at": (
        {"at": "2026-03-01T13:00:00Z"},
        "known, articles, quotes, quotes_by_name, speakers",
        [("then", 1, 1, 1, 1), ("now", 2, 3, 2, 1)],
    ),
}


@pytest.fixture(scope="module")
def wire(prepared_home, tmp_path_factory):
    home = shutil.copytree(prepared_home, tmp_path_factory.mktemp("wire") / "home")
    hour = timedelta(hours=1)
    for harvest in (
        printed("wire", "wire.example", WIRE, WHOLE, seen_at=NOON, agency="NTB"),
        printed("copy", COURIER, COPY, BRIDGE, seen_at=NOON + 2 * hour),
        printed("copy", COURIER, LATER, BRIDGE, seen_at=NOON + 24 * hour),
    ):
        stage(harvest, home / "staging")
    warehouse = Warehouse(home, judge=judge_change)
    warehouse.load_staged()
    warehouse.publish()
    return home


def printed(article_id, outlet, text, words, *, seen_at, agency=None):
    """A page on which Ada Holm says `words`, and perhaps somebody that nobody asked."""
    url = f"https://{outlet}/{article_id}"
    quotes = [
        a_quote(
            start=text.index(words),
            text=words,
            speaker="Ada Holm",
            speaker_id="ada-holm",
            cue="told",
        )
    ]
    if "Nobody" in text:
        nobody = "Nobody asked us at all"
        quotes.append(a_quote(start=text.index(nobody), text=nobody, utterance=2))
    article = an_article(
        article_id=article_id,
        url=url,
        outlet=outlet,
        text=text,
        agency=agency,
        modified=Moment(at=NOON),
    )
    document = a_document(
        article=article,
        quotes=tuple(quotes),
        entities=(an_entity(entity="ada-holm", name="Ada Holm", label="PERSON"),),
    )
    fetch_id = f"{article_id} at {seen_at.isoformat()}"
    return a_harvest(
        batch_id=fetch_id,
        made_at=seen_at,
        fetches=(a_fetch(fetch_id=fetch_id, url=url, final_url=url, started_at=seen_at),),
        readings=(a_reading(fetch_id=fetch_id, seen_at=seen_at, document=document),),
    )


def asked(home, name, params, columns):
    with Reader(home) as reader:
        answer = reader.ask(name, params, timeout_s=30)
    places = [answer.columns.index(column) for column in columns.split(", ")]
    return [tuple(row[place] for place in places) for row in answer.rows]


@pytest.mark.parametrize("name", OF_THE_WORLD)
def test_a_question_is_answered_from_the_known_world(world, name):
    params, columns, expected = OF_THE_WORLD[name]

    assert asked(world, name, params, columns) == expected


@pytest.mark.parametrize("name", OF_THE_WIRE)
def test_a_question_is_answered_from_a_story_and_its_copy(wire, name):
    params, columns, expected = OF_THE_WIRE[name]

    assert asked(wire, name, params, columns) == expected


def test_every_question_is_tested_and_there_are_enough():
    names = {question.name for question in questions()}

    assert names == OF_THE_WORLD.keys() | OF_THE_WIRE.keys()
    assert len(names) >= 18
