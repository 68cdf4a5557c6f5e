"""What a robots.txt says to us: Protego's reading, mended where it errs.

Source:
    RFC 9309; and Google's reading of it where that is silent.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from protego import Protego

from extractors.errors import FetchError
from flows.exchange import DeferredError, RequestError
from flows.hops import origin_of

#: Our name in robots.txt files.
_PRODUCT = "onrecord"
MAX_CRAWL_DELAY_S = 120.0
#: Rules take forty times the memory of their text: of long ones few are kept.
_KEPT_TEXTS, _KEPT_LETTERS = 256, 16_384
_KEPT_LONG_TEXTS = 2
_LINE_END = re.compile(r"\r\n|\r|\n")
#: What else Python takes for the end of a line.
_NO_LINE_END = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_AGENT = re.compile(r"\s*user[- ]?agent\s*[:\s]\s*(?P<name>[^#]*)", re.IGNORECASE)
_TOKEN = re.compile("[a-z_-]*", re.IGNORECASE)
#: A product that nobody is called.
_SOMEBODY_ELSE = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRules:
    """The rules of one origin for us."""

    text: str = ""  #: of its robots.txt; none allows everything
    error: FetchError | None = None  #: why nothing is allowed for now

    @property
    def crawl_delay_s(self) -> float:
        """Seconds from start to start that the origin asks for, two minutes at most; else 0."""
        delay = _parsed(self.text).crawl_delay(_PRODUCT)
        return min(max(float(delay or 0), 0.0), MAX_CRAWL_DELAY_S)

    def allows(self, url: str) -> bool:
        """Tell whether the text lets us fetch `url`, a wire URL."""
        return bool(_parsed(self.text).can_fetch(url, _PRODUCT))

    def check(self, url: str) -> None:
        """Return if `url`, a wire URL, may be fetched.

        Raises:
            DeferredError: robots.txt itself was answered with a `Retry-After`.
            RequestError: it may not, or nobody can tell; the reason says which.
        """
        if isinstance(self.error, DeferredError):
            raise DeferredError(url, "its robots.txt was put off", self.error.retry_after)
        if self.error:
            is_weather = self.error.reason not in ("http_4xx", "http_5xx")
            reason = self.error.reason if is_weather else "robots"
            raise RequestError(
                url, reason, f"its robots.txt cannot be read for now: {self.error.detail}"
            )
        if not self.allows(url):
            origin = origin_of(url)
            raise RequestError(url, "robots", f"the robots.txt of {origin} forbids this address")


def _parsed(text: str) -> Protego:
    return _kept(text) if len(text) <= _KEPT_LETTERS else _kept_long(text)


def _read(text: str) -> Protego:
    """Return what Protego makes of `text` after two things that it does otherwise.

    A group is for us if its name, up to the first letter that no name has, is ours: Protego would
    not take `OnRecord/2.0`, and would take `on`. Lines end where RFC 9309 ends them.
    """
    return Protego.parse("\n".join(_for_protego(line) for line in _LINE_END.split(text)))


_kept = lru_cache(maxsize=_KEPT_TEXTS)(_read)
_kept_long = lru_cache(maxsize=_KEPT_LONG_TEXTS)(_read)


def _for_protego(line: str) -> str:
    line = _NO_LINE_END.sub("\ufffd", line)
    if not (agent := _AGENT.match(line)):
        return line
    name = agent["name"].strip()
    if name == "*" or not name:
        return f"User-agent: {name}"
    token = _TOKEN.match(name.lstrip("*"))
    is_ours = token is not None and token[0].lower() == _PRODUCT
    return f"User-agent: {_PRODUCT if is_ours else _SOMEBODY_ELSE}"
