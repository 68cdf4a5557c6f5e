"""Requests by the real client, for tests of what it makes of servers."""

import asyncio
from dataclasses import fields, replace

from extractors.errors import FetchError
from flows.exchange import FetchRules, Request
from flows.fetch import Client
from flows.gate import HostGate
from flows.network import rules_of
from flows.settings import Settings

#: A body that takes some pieces to come.
TEXT = b"Rain fell on the harbour of Larkhaven. " * 500
#: A deadline that a server on loopback keeps and a test can wait for.
SOON_S = 0.3


def a_rules(*hosts, **changes):
    """Return rules that allow `hosts` and give nobody much time; `changes` are fields of them."""
    settings = Settings(timeout_s=5, contact="desk@gazette.example", allow_hosts=hosts)
    return replace(rules_of(settings), **changes)


def fetch_all(*requests, hosts, folder, at_once=True, pause_s=0, max_in_flight=2, **changes):
    """Return what each request gives: a Response, or the error it raised.

    Args:
        requests: to be made at once, or one after another.
        hosts: that may be loopback addresses.
        folder: of the home's locks.
        at_once: all together.
        pause_s: of the gate.
        max_in_flight: of the gate.
        changes: fields of FetchRules.
    """

    async def outcome_of(client, request):
        try:
            return await client.fetch(request)
        except FetchError as error:
            return error

    async def run():
        gate = HostGate(folder, pause_s=pause_s, max_in_flight=max_in_flight)
        async with Client(a_rules(*hosts, **changes), gate, spool=folder) as client:
            if at_once:
                return await asyncio.gather(*[outcome_of(client, each) for each in requests])
            return [await outcome_of(client, each) for each in requests]

    return asyncio.run(run())


def fetch_one(path_or_url, *, site, folder, **changes):
    """Return what one request gives; `changes` are fields of the rules and of the request."""
    rules = {name: changes.pop(name) for name in _RULES if name in changes}
    url = path_or_url if "://" in path_or_url else site.url(path_or_url)
    (outcome,) = fetch_all(Request(url=url, **changes), hosts=[site.host], folder=folder, **rules)
    return outcome


_RULES = [*(field.name for field in fields(FetchRules)), "pause_s", "max_in_flight"]
