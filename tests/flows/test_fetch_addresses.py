"""Where no request may lead, however it is spelled."""

import pytest

from tests.fakes import Reply
from tests.fetching import TEXT


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param("ftp://gazette.example/a", "scheme", id="another scheme"),
        pytest.param("gazette.example/a", "scheme", id="no scheme"),
        pytest.param("http:///a", "scheme", id="no host"),
        pytest.param("http://gazette.example:99999/", "scheme", id="no port"),
        pytest.param("http://a b.example/", "scheme", id="blank in the host"),
        pytest.param(f"http://{'a' * 70}.example/", "dns", id="a name too long to ask for"),
        pytest.param("http://a..example/", "dns", id="a name with a hole"),
        pytest.param("http://10.1.2.3/", "private_address", id="private"),
        pytest.param("http://169.254.169.254/latest", "private_address", id="cloud metadata"),
        pytest.param("http://[::1]/", "private_address", id="IPv6 loopback"),
        pytest.param("http://[::ffff:127.0.0.1]/", "private_address", id="mapped"),
        pytest.param("http://localhost/", "private_address", id="a name that leads there"),
    ],
)
@pytest.mark.parametrize("kind", ["feed", "page"])
def test_some_addresses_are_refused_without_a_request(fetch, url, reason, kind):
    assert fetch(url, kind=kind).reason == reason


@pytest.mark.parametrize("url", ["http://2130706433/", "http://0x7f.1/", "http://127.1/"])
def test_no_spelling_of_an_address_gets_past_the_check(fetch, url):
    assert fetch(url).reason in ("private_address", "scheme", "dns")


def test_the_ban_is_lifted_for_no_other_name_of_the_same_server(site, fetch):
    site.routes["/a"] = Reply(body=TEXT)

    assert fetch(site.url("/a").replace("127.0.0.1", "localhost")).reason == "private_address"
    assert site.seen == []
