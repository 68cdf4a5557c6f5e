"""Who has a run done, the command line or Prefect: starts its steps, shows how it goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from flows.assistants import Assistance

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

StepKind = Literal["recover", "poll", "extract", "load", "publish"]


class Result(Protocol[T_co]):
    """What has been started and can be waited for."""

    def result(self) -> T_co:
        """Wait; return what the step returned, or raise what it raised."""
        ...


class Starter(Protocol):
    """Starts a step, possibly in another thread."""

    def __call__(self, kind: StepKind, name: str, work: Callable[[], T]) -> Result[T]:
        """Start `work`; `name` says to people what it works on."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How far a run has come."""

    share: float  #: of what it knows by now to be done; 0 to 1
    told: str  #: the same in words


#: Is told how far a run has come: often, from one thread, and should cost next to nothing.
Watch = Callable[[Stand], None]


def unwatched(_stand: Stand) -> None:
    """Show nobody how far a run has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """Who has a run done."""

    flow_run_id: str | None = None  #: the run in Prefect, if it is one
    start: Starter | None = None  #: starts its steps; None: in threads of this process
    watch: Watch = unwatched
    assistance: Assistance | None = None  #: None: it cannot get assistants


#: A run that nobody looks on.
ITSELF = Host()
