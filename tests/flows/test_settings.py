"""Settings: the file, the variables over it, and what stops the start."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import SettingsError
from flows.settings import Settings, load_settings, unknown_variables


@pytest.fixture
def load(tmp_path):
    """Return what loads settings out of a file's text and variables."""

    def loaded(text: str = "", **variables: str) -> Settings:
        (tmp_path / "onrecord.toml").write_text(text, encoding="utf-8")
        return load_settings(tmp_path, variables)

    return loaded


def test_a_home_without_a_file_has_the_defaults(tmp_path):
    settings = load_settings(tmp_path, {})

    assert settings == Settings()
    assert (settings.pause_s, settings.timeout_s, settings.document_timeout_s) == (1, 30, 60)
    assert (settings.max_in_flight_per_host, settings.serve_port) == (2, 4200)
    assert (settings.lock_wait_s, settings.min_free_gb, settings.archive_days) == (60, 1, None)


def test_a_variable_counts_more_than_the_file(load):
    settings = load('pause_s = 3\ncontact = "a@example.org"', ONRECORD_PAUSE_S="0.5")

    assert (settings.pause_s, settings.contact) == (0.5, "a@example.org")


#: Settings that are no single number or text.
_COMPOUND = ("feeds", "aliases", "allow_hosts", "nlp_models", "nlp_labels", "alert_url")


@pytest.mark.parametrize(
    "name", [each.name for each in fields(Settings) if each.name not in _COMPOUND]
)
def test_every_setting_can_be_given_as_a_variable(load, name):
    settings = load("", **{f"ONRECORD_{name.upper()}": "7"})

    assert getattr(settings, name) in (7, "7")


def test_an_address_for_alerts_is_checked_and_never_repeated(load):
    settings = load("", ONRECORD_ALERT_URL="https://chat.example/hooks/KEY")
    with pytest.raises(SettingsError, match="alert_url is not an http") as refused:
        load("", ONRECORD_ALERT_URL="gopher://chat.example/hooks/KEY")

    assert settings.alert_url == "https://chat.example/hooks/KEY"
    assert "KEY" not in repr(settings) + str(refused.value)


def test_allowed_hosts_are_separated_by_commas(load):
    settings = load("", ONRECORD_ALLOW_HOSTS=" 127.0.0.1:80 , localhost,")

    assert settings.allow_hosts == ("127.0.0.1:80", "localhost")


def test_a_table_can_be_given_in_the_file_and_as_a_variable(load):
    text = '[nlp_models]\nfr = "fr_core_news_md"\n[nlp_labels]\nOrt = "PLACE"'

    from_file = load(text)
    from_variable = load("", ONRECORD_NLP_MODELS=" fr=fr_core_news_md, de = /models/de,")

    assert from_file.nlp_models == {"fr": "fr_core_news_md"}
    assert from_file.nlp_labels == {"Ort": "PLACE"}
    assert from_variable.nlp_models == {"fr": "fr_core_news_md", "de": "/models/de"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pauses_s = 1", "pauses_s"),
        ("pause_s = ", "not valid TOML"),
        ('pause_s = "1"', "pause_s"),
        ("pause_s = true", "pause_s"),
        ("pause_s = -1", "pause_s"),
        ("pause_s = nan", "pause_s"),
        ("timeout_s = inf", "timeout_s"),
        ("timeout_s = 0", "timeout_s"),
        ("workers = 0", "workers"),
        ("workers = 1.5", "workers"),
        ("serve_port = 70000", "serve_port"),
        ('contact = "a\\nX-Evil: b"', "contact"),
        ("allow_hosts = [1]", "allow_hosts"),
        ('nlp_models = "fr"', "nlp_models"),
        ("nlp_models = {fr = 1}", "nlp_models"),
        ('nlp_models = {French = "a"}', "'French'"),
        ('nlp_labels = {Ort = "TOWN"}', "'TOWN'"),
        ('feeds = "https://example.org/feed"', "[[feeds]]"),
        ("[[feeds]]\nurl = 1", "[[feeds]]"),
        ('[[feeds]]\nurl = "ftp://example.org/feed"', "ftp://example.org/feed"),
        ('[[feeds]]\nurl = "http://[::1/feed"', "http://[::1/feed"),
        ('[[feeds]]\nurl = "https://example.org/a"\nevery = "hour"', "every"),
        ('[[feeds]]\nurl = "https://example.org/a"\nstate = "gone"', "state"),
        ('[[feeds]]\nurl = "https://example.org/a"\nheaders = {Host = "b"}', "headers.Host"),
        ('[[feeds]]\nurl = "https://example.org/a"\nproxy = "socks5://b"', "proxy"),
        ('[[feeds]]\nurl = "https://example.org/a"\nverify_tls = "no"', "verify_tls"),
        ('[[feeds]]\nurl = "https://a.example"\n[[feeds]]\nurl = "https://a.example"', "twice"),
    ],
)
def test_a_file_with_a_mistake_stops_the_start_and_says_which(load, text, said):
    with pytest.raises(SettingsError, match=r"(?s).+") as caught:
        load(text)

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKERS", "two"),
        ("WORKERS", ""),
        ("PAUSE_S", "1s"),
        ("SERVE_PORT", "4200.5"),
        ("NLP_MODELS", "fr"),
        ("NLP_LABELS", "=PLACE"),
    ],
)
def test_a_variable_with_a_bad_value_stops_the_start_and_says_which(load, name, value):
    with pytest.raises(SettingsError, match=f"ONRECORD_{name}"):
        load("", **{f"ONRECORD_{name}": value})


def test_a_file_that_is_a_folder_stops_the_start(tmp_path):
    (tmp_path / "onrecord.toml").mkdir()

    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path, {})


def test_variables_that_name_no_setting_are_told_and_others_are_not():
    variables = {
        "ONRECORD_PAUSE_S": "1",
        "ONRECORD_HOME": "/x",
        "ONRECORD_PORT_80": "x",
        "HOME": "",
    }

    assert unknown_variables(variables) == ["ONRECORD_PORT_80"]


@given(st.dictionaries(st.sampled_from([each.name for each in fields(Settings)]), st.text()))
def test_whatever_a_variable_holds_the_start_goes_on_or_stops_by_a_settings_error(
    tmp_path_factory, given_texts
):
    variables = {f"ONRECORD_{name.upper()}": text for name, text in given_texts.items()}

    try:
        settings = load_settings(tmp_path_factory.getbasetemp() / "none", variables)
    except SettingsError:
        return
    assert settings.workers >= 1
    assert 0 < settings.timeout_s < float("inf")
