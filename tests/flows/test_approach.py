"""How a server is asked, and what of it goes to the next one."""

import pytest

from flows.exchange import Approach
from flows.pages import wanted_from
from flows.subscriptions import Subscription
from warehouse.results import WorkItem

FEED = "https://feeds.gazette.example/rss"
APPROACH = Approach(
    user_agent="desk", headers={"Authorization": "key"}, proxy="http://p:1", verify_tls=False
)


@pytest.mark.parametrize(
    ("url", "has_key", "verify_tls"),
    [
        pytest.param(FEED, True, False, id="itself"),
        pytest.param("https://feeds.gazette.example/2", True, False, id="the same origin"),
        pytest.param("https://www.gazette.example/rain", False, False, id="the same site"),
        pytest.param("http://feeds.gazette.example/2", False, False, id="without TLS"),
        pytest.param("https://courier.example/rain", False, True, id="another site"),
        pytest.param("https://localhost:99999/", False, True, id="no port that is"),
    ],
)
def test_keys_stay_with_their_origin_and_unverified_tls_with_its_site(url, has_key, verify_tls):
    approach = APPROACH.to(url, meant_for=FEED)

    assert (bool(approach.headers), approach.verify_tls) == (has_key, verify_tls)
    assert (approach.user_agent, approach.proxy) == ("desk", "http://p:1")


def test_a_page_is_asked_for_as_its_feed_is():
    item = WorkItem(target=FEED, url="https://courier.example/rain", tries=0, feed_id="f")

    wanted = wanted_from(item, Subscription(url=FEED, approach=APPROACH))

    assert wanted.approach == APPROACH.to(item.url, meant_for=FEED)


def test_what_may_hold_a_key_is_never_shown():
    assert "key" not in repr(APPROACH)
    assert "p:1" not in repr(APPROACH)
