"""What a person types for the parameters of a deployment."""

from typing import Any

import pytest

from extractors.errors import SettingsError
from flows.cli.parameters import parameters_from

SCHEMAS: dict[str, Any] = {
    "feeds": {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]},
    "force": {"type": "boolean"},
    "limit": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]},
    "wait_s": {"anyOf": [{"type": "number"}, {"type": "null"}]},
    "since": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
    "stage": {"anyOf": [{"enum": ["text", "quotes"], "type": "string"}, {"type": "null"}]},
    "home": {"anyOf": [{"type": "string"}, {"type": "null"}]},
}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ([("force", "true")], {"force": True}),
        ([("force", "No")], {"force": False}),
        ([("limit", "20")], {"limit": 20}),
        ([("limit", "null")], {"limit": None}),
        ([("wait_s", "0.5")], {"wait_s": 0.5}),
        ([("home", "null")], {"home": None}),
        ([("home", "/srv/a=b")], {"home": "/srv/a=b"}),
        ([("home", '"null"')], {"home": "null"}),
        ([("since", "2026-11-01")], {"since": "2026-11-01T00:00:00Z"}),
        ([("since", "2026-11-01T02:00:00+02:00")], {"since": "2026-11-01T00:00:00Z"}),
        ([("stage", "quotes")], {"stage": "quotes"}),
        ([("feeds", "one")], {"feeds": ["one"]}),
        ([("feeds", '["one", "two"]')], {"feeds": ["one", "two"]}),
        ([("feeds", "one"), ("feeds", "two")], {"feeds": ["one", "two"]}),
        ([("feed", "one"), ("feeds", '["two"]')], {"feeds": ["one", "two"]}),
        ([], {}),
    ],
    ids=str,
)
def test_a_value_is_read_as_the_schema_says(typed, read):
    assert parameters_from(typed, SCHEMAS) == read


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ([("speed", "9")], "there is no parameter 'speed'; there are: feeds, force, home, limit"),
        ([("forces", "true")], "there is no parameter 'forces'"),
        ([("force", "maybe")], "parameter force: 'maybe' is not true or false"),
        ([("limit", "few")], "parameter limit: 'few' is not a whole number"),
        ([("limit", "1.5")], "parameter limit: '1.5' is not a whole number"),
        ([("wait_s", "long")], "parameter wait_s: 'long' is not a number"),
        ([("since", "yesterday")], "parameter since: 'yesterday' is not a time such as"),
        ([("stage", "speech")], "parameter stage: 'speech' is not one of text, quotes"),
        ([("feeds", "[one")], "parameter feeds: '[one' is not a list"),
        ([("limit", "1"), ("limit", "2")], "limit takes one value and was given again"),
    ],
    ids=str,
)
def test_a_value_of_another_kind_is_refused_and_the_kind_is_told(typed, why):
    with pytest.raises(SettingsError) as refused:
        parameters_from(typed, SCHEMAS)

    assert why in str(refused.value)
