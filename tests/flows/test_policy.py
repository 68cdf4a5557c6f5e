"""To whom politeness is owed, and when a page is tried again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reasons import REASONS
from flows.policy import host_key, next_try

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        pytest.param("https://news.example.co.uk/a", "example.co.uk", id="registrable domain"),
        pytest.param("https://NEWS.Example.org:8443/a", "example.org", id="port left out"),
        pytest.param("https://example.org./", "example.org", id="final dot"),
        pytest.param("https://user:pw@example.org/", "example.org", id="user left out"),
        pytest.param("http://127.0.0.1:8000/a", "127.0.0.1:8000", id="IPv4"),
        pytest.param("http://127.0.0.1/a", "127.0.0.1:80", id="default port"),
        pytest.param("https://[::1]/a", "[::1]:443", id="IPv6"),
        pytest.param("http://localhost:81/", "localhost:81", id="single label"),
    ],
)
def test_politeness_is_owed_to_the_registrable_domain_or_the_host_and_port(url, key):
    assert host_key(url) == key


@pytest.mark.parametrize(
    ("reason", "status", "tries_in_all"),
    [
        ("timeout", None, 5),
        ("http_5xx", 503, 5),
        ("dns", None, 5),
        ("robots", None, 5),
        ("disk_full", None, 5),
        ("http_4xx", 429, 5),
        ("http_4xx", 408, 5),
        ("http_4xx", 425, 5),
        ("tls", None, 3),
        ("empty", 200, 3),
        ("challenge", 200, 3),
        ("http_4xx", 404, 2),
        ("paywall", 200, 2),
        ("consent", 200, 2),
        ("soft_404", 200, 2),
        ("malformed", 200, 2),
        ("redirects", 302, 2),
        ("internal", 200, 2),
        ("http_4xx", 410, 1),
        ("not_html", 200, 1),
        ("too_large", 200, 1),
        ("index_page", 200, 1),
        ("video_only", 200, 1),
        ("crashed", 200, 1),
        ("private_address", None, 1),
        ("scheme", None, 1),
    ],
)
def test_a_page_is_tried_so_often_and_then_set_aside(reason, status, tries_in_all):
    tried = [next_try(NOW, reason=reason, tries=n, http_status=status) for n in range(1, 7)]

    assert [at is not None for at in tried] == [n < tries_in_all for n in range(1, 7)]


def test_a_page_is_tried_again_after_an_hour_four_a_day_and_three_days():
    tried = [next_try(NOW, reason="timeout", tries=n) for n in range(1, 5)]

    assert tried == [NOW + timedelta(hours=hours) for hours in (1, 4, 24, 72)]


@given(reason=st.sampled_from(sorted(REASONS)), tries=st.integers(0, 100))
def test_the_next_try_is_later_or_never(reason, tries):
    at = next_try(NOW, reason=reason, tries=tries)

    assert at is None or NOW < at <= NOW + timedelta(days=3)
