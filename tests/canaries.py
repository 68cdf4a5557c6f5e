"""Homes with a canary in every place that has a secret, and a site that fails in every way."""

import base64
import json

from tests.fakes import Reply
from tests.press import RAIN, a_feed_of, a_page, set_up

#: Each stands where a secret of its own kind does.
CANARIES = {
    kind: f"Canary{kind.title()}7f3a"
    for kind in (
        "address", "echoed", "reason", "moved", "tls", "dns", "proxy", "agent", "alert", "auth",
        "key", "typed",
    )
}  # fmt: skip
_BASIC = [f"ann:{word}" for word in CANARIES.values()]
#: As it is, and as headers have it behind a name.
NEEDLES = [
    *(word.encode() for word in CANARIES.values()),
    *(base64.b64encode(pair.encode()).rstrip(b"=") for pair in _BASIC),
]


def found_in(content):
    """Return the canaries that are somewhere in `content`, text or bytes."""
    held = content if isinstance(content, bytes) else content.encode()
    return [needle.decode() for needle in NEEDLES if needle in held]


def keyed(url, kind):
    """Return `url` with a name and a canary for a password in front of its host."""
    return url.replace("://", f"://ann:{CANARIES[kind]}@")


def echo(seen):
    """Answer as a server does whose error page shows what it was asked."""
    return Reply(status=500, body=f"Traceback: {dict(seen.headers)}".encode())


def echo_in_status(seen):
    """Answer with the key in the very first line."""
    key = seen.headers.get("authorization", "")
    return Reply(raw=f"HTTP/1.1 500 Bad {key}\r\nContent-Length: 0\r\n\r\n".encode())


def trouble(site):
    """Have nearly everything at `site` fail in a way of its own."""
    site.routes |= {
        "/feed": a_feed_of([site.url("/rain"), site.url("/echo-page"), site.url("/led")]),
        "/rain": a_page("Rain closes the harbour", RAIN),
        "/echo-page": echo,
        "/led": Reply(status=302, headers={"Location": keyed(site.url("/budget"), "moved")}),
        "/budget": a_page("Rain goes on", RAIN),
        "/echo": echo,
        "/status": echo_in_status,
        "/moved": Reply(status=301, headers={"Location": keyed(site.url("/new"), "moved")}),
        "/new": a_feed_of([site.url("/rain")]),
        "/hook/" + CANARIES["alert"]: echo,
    }


def feeds_of(site):
    """Return tables `[[feeds]]` with a secret in every place for one."""
    port = site.url("/").rsplit(":", 1)[1]
    tables = [
        {"url": keyed(site.url("/feed"), "address")},
        {"url": site.url("/echo"), "headers": {"Authorization": f"Bearer {CANARIES['echoed']}"}},
        {"url": site.url("/status"), "headers": {"Authorization": CANARIES["reason"]}},
        {"url": keyed(site.url("/moved"), "moved")},
        {"url": keyed(f"https://127.0.0.1:{port}tls", "tls")},
        {"url": keyed("http://no-such-host.invalid/feed", "dns")},
        {"url": "http://a.example/1", "proxy": keyed("http://127.0.0.1:9", "proxy")},
        {"url": "http://b.example/2", "proxy": keyed(site.url("/").rstrip("/"), "agent")},
    ]
    return "".join(f"\n[[feeds]]\n{_lines(table)}" for table in tables)


def _lines(table):
    def value(given):
        if isinstance(given, dict):
            return (
                "{ "
                + ", ".join(f"{name} = {json.dumps(text)}" for name, text in given.items())
                + " }"
            )
        return json.dumps(given)

    return "".join(f"{name} = {value(given)}\n" for name, given in table.items())


def set_up_troubled(folder, site, model):
    """Write a home with canaries in its settings; return it."""
    home = set_up(
        folder,
        site=site,
        model=model,
        alert_url=site.url("/hook/" + CANARIES["alert"]),
        metrics_file="home.prom",
        timeout_s=5.0,
    )
    with (home / "onrecord.toml").open("a") as file:
        file.write(feeds_of(site))
    return home
