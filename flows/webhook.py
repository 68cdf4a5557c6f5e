"""A document posted to an address of the operator's own, which is a secret."""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping

from extractors.errors import OnRecordError

_TIMEOUT_S = 15.0


class WebhookError(OnRecordError):
    """The receiver did not take it; says why, and nothing of its address."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing: what comes after a redirect would be a GET without the document."""


def post(url: str, document: Mapping[str, object]) -> None:
    """Post `document` as JSON; proxies are those of the environment.

    Raises:
        WebhookError: nobody took it with a status of 200 to 299 in time.
    """
    body = json.dumps(document).encode()
    headers = {"Content-Type": "application/json", "User-Agent": "onrecord"}
    try:
        request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310 - http(s), by the settings
        with urllib.request.build_opener(_NoRedirects).open(request, timeout=_TIMEOUT_S):
            pass
    except urllib.error.HTTPError as error:
        raise WebhookError(f"the receiver of alerts answered {error.code}") from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        # Not what the error says, nor the error itself: either may have the address in it.
        kind = type(getattr(error, "reason", None) or error).__name__
        raise WebhookError(f"the receiver of alerts cannot be reached ({kind})") from None
