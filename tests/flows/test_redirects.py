"""Where redirects lead, and where they end."""

import pytest

from flows.exchange import Approach, Request
from tests.fakes import Reply, ScriptedSite
from tests.fetching import SOON_S, TEXT, fetch_all


@pytest.mark.parametrize(
    ("statuses", "for_good"),
    [
        ([301], True),
        ([308], True),
        ([301, 308], True),
        ([302], False),
        ([303], False),
        ([307], False),
        ([301, 302], False),
        ([302, 301], False),
        ([301] * 5, True),
    ],
)
def test_a_move_is_for_good_only_if_every_redirect_is_permanent(site, fetch, statuses, for_good):
    for number, status in enumerate(statuses):
        site.routes[f"/{number}"] = Reply(status=status, headers={"Location": f"{number + 1}"})
    site.routes[f"/{len(statuses)}"] = Reply(body=TEXT)

    response = fetch("/0")

    assert response.body == TEXT
    assert response.final_url == site.url(f"/{len(statuses)}")
    assert response.redirects == tuple(site.url(f"/{number}") for number in range(len(statuses)))
    assert response.moved_for_good is for_good


def test_the_sixth_redirect_is_not_followed(site, fetch):
    for number in range(6):
        site.routes[f"/{number}"] = Reply(status=302, headers={"Location": f"/{number + 1}"})

    assert fetch("/0").reason == "redirects"
    assert site.count("/6") == 0


def test_redirects_in_a_circle_are_noticed_at_once(site, fetch):
    site.routes["/a"] = Reply(status=302, headers={"Location": "/b"})
    site.routes["/b"] = Reply(status=302, headers={"Location": "/a#again"})

    outcome = fetch("/a")

    assert outcome.reason == "redirects"
    assert site.count("/a") == site.count("/b") == 1


def test_a_secret_header_stays_with_its_server(site, tmp_path):
    with ScriptedSite({"/b": Reply(body=TEXT)}) as other:
        site.routes["/a"] = Reply(status=302, headers={"Location": other.url("/b")})
        request = Request(
            url=site.url("/a"), approach=Approach(headers={"Authorization": "Bearer x"})
        )

        fetch_all(request, hosts=[site.host, other.host], folder=tmp_path)

        assert [s.headers.get("authorization") for s in site.seen if s.path == "/a"] == ["Bearer x"]
        assert len(other.seen) == 2
        assert all("authorization" not in seen.headers for seen in other.seen)


@pytest.mark.parametrize("kind", ["feed", "page"])
def test_what_else_the_operator_says_goes_for_all_redirects(site, tmp_path, kind):
    with ScriptedSite({"/b": Reply(body=TEXT)}) as other:
        site.routes["/a"] = Reply(status=302, headers={"Location": other.url("/b")})
        request = Request(url=site.url("/a"), kind=kind, approach=Approach(user_agent="Gazette/1"))

        fetch_all(request, hosts=[site.host, other.host], folder=tmp_path)

        assert {seen.headers["user-agent"] for seen in site.seen + other.seen} == {"Gazette/1"}


@pytest.mark.parametrize(
    ("location", "reached"),
    [
        pytest.param("/caf\u00c3\u00a9", "/caf%C3%A9", id="UTF-8"),
        pytest.param("/caf\u00e9", "/caf%E9", id="latin-1"),
        pytest.param("\\b\\c", "/b/c", id="backslashes"),
        pytest.param("/b c", "/b%20c", id="blank"),
    ],
)
def test_a_location_is_followed_with_the_bytes_it_has(site, fetch, location, reached):
    site.routes["/a"] = Reply(status=302, headers={"Location": location})

    fetch("/a", kind="feed")

    assert site.seen[-1].path == reached


def test_the_deadline_covers_all_redirects_together(site, fetch):
    for number in range(4):
        site.routes[f"/{number}"] = Reply(
            status=302, headers={"Location": f"/{number + 1}"}, delay_s=SOON_S / 2
        )

    assert fetch("/0", timeout_s=SOON_S).reason == "timeout"


def test_a_redirect_to_a_private_address_is_refused(site, fetch):
    with ScriptedSite() as inside:
        site.routes["/a"] = Reply(status=302, headers={"Location": inside.url("/secret")})

        outcome = fetch("/a")

        assert outcome.reason == "private_address"
        assert inside.seen == []
