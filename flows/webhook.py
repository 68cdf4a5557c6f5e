"""A document posted to an address of the operator's own, which is a secret."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import aiohttp

from extractors.errors import OnRecordError

#: For all of it: who answers a byte at a time holds up no run.
_WITHIN = aiohttp.ClientTimeout(total=15)


class WebhookError(OnRecordError):
    """The receiver did not take it; says why, and nothing of its address."""


def post(url: str, document: Mapping[str, object]) -> None:
    """Post `document` as JSON; proxies are those of the environment, redirects are not followed.

    The operator's own receiver may be at any address, private ones too.

    Raises:
        WebhookError: nobody took it with a status of 200 to 299 in time.
    """
    with ThreadPoolExecutor(1) as beside:  # the caller's thread may have an event loop at work
        status = beside.submit(lambda: asyncio.run(_status_of(url, document))).result()
    if not 200 <= status <= 299:
        raise WebhookError(f"the receiver of alerts answered {status}")


async def _status_of(url: str, document: Mapping[str, object]) -> int:
    try:
        async with (
            aiohttp.ClientSession(timeout=_WITHIN, trust_env=True) as session,
            session.post(
                url, json=document, headers={"User-Agent": "onrecord"}, allow_redirects=False
            ) as answer,
        ):
            return answer.status
    except (aiohttp.ClientError, OSError, ValueError) as error:
        # Not what the error says, nor the error itself: either may have the address in it.
        kind = type(getattr(error, "os_error", None) or error).__name__
    raise WebhookError(f"the receiver of alerts cannot be reached ({kind})")
