"""What is polled, fetched, read and loaded in a run, and in which order."""

from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from flows.course import Course
from flows.desk import GroupRead
from flows.hosting import Stand
from flows.pages import Wanted
from flows.workers import Crew
from tests.builders import a_feed


class FakeStream:
    """Gives back what is added to it, one lane a look."""

    def __init__(self):
        self._lanes = deque()

    def add(self, lanes):
        self._lanes.extend(lanes)

    @property
    def is_over(self):
        return not self._lanes

    def take(self, _at_most, *, linger_s):
        return list(self._lanes.popleft()) if self._lanes else []


@dataclass
class FakeDesk:
    """A desk without network, disk or workers, that notes what it is asked to do."""

    parts: dict[str, list[str]] = field(default_factory=dict)  #: feed id to parts
    error: Exception | None = None  #: raised by whoever reads a page
    crew: Crew = field(default_factory=lambda: Crew(1, timeout_s=1))
    done: list[str] = field(default_factory=list)
    stands: list[Stand] = field(default_factory=list)

    def watch(self, stand):
        self.stands.append(stand)

    def check_space(self):
        """There is room."""

    def answers(self):
        return FakeStream()

    def pages(self):
        return FakeStream()

    def questions(self, feeds):
        return [feed.feed_id for feed in feeds]

    def add_questions(self, answers, questions):
        self.done += [f"ask {each}" for each in questions]
        answers.add([[each] for each in questions])

    def read_answers(self, asked, _assembly):
        self.done += [f"read {each}" for each in asked]
        missing = [part for each in asked for part in self.parts.get(each, ())]
        return GroupRead(feeds=frozenset(asked), is_new=True, missing=missing)

    def refresh(self, _wanted):
        pass

    def add_pages(self, pages, wanted):
        self.done += [f"fetch {each.url}" for each in wanted]
        pages.add([[each] for each in wanted])

    def extraction(self, pages):
        self.done += [f"extract {each.url}" for each in pages]

        def extract():
            if self.error:
                raise self.error
            return []

        return extract

    def load(self):
        self.done.append("load")


class Done:
    """A step that was done when it was started."""

    def __init__(self, work):
        self._work = work

    def result(self):
        return self._work


def at_once(_kind, _name, work):
    return Done(work())


def listing(*urls):
    """Return a work list of these pages."""

    def more(*, but_not, limit):
        left = [Wanted(url=url, target=url) for url in urls if url not in but_not]
        return left[:limit]

    return more


NO_PAGES = listing()


def run(desk, *ids, more=NO_PAGES, due=lambda: (), **options):
    course = Course(desk, at_once, due=due, more=more, **options)
    course.run([a_feed(feed_id=each) for each in ids])
    return desk.done


def test_what_feeds_give_is_loaded_before_their_pages_are_fetched():
    desk = FakeDesk()

    def more(**_):
        return [Wanted(url="page", target="page")] if "load" in desk.done else []

    done = run(desk, "a", more=more, limit=1)

    assert done == ["ask a", "read a", "load", "fetch page", "extract page", "load"]


def test_the_parts_of_an_index_are_asked_for_when_it_was_read():
    done = run(FakeDesk(parts={"a": ["a1", "a2"]}), "a")

    assert done[:4] == ["ask a", "read a", "ask a1", "ask a2"]
    assert {"read a1", "read a2"} < {*done}


def test_pages_left_by_earlier_runs_do_not_wait_for_feeds():
    done = run(FakeDesk(), "a", more=listing("page"))

    assert done.index("fetch page") < done.index("read a")


def test_no_page_is_fetched_twice_and_no_more_than_the_limit():
    done = run(FakeDesk(), "a", "b", more=listing("1", "2", "3"), limit=2)

    assert [each for each in done if each.startswith("fetch")] == ["fetch 1", "fetch 2"]


@pytest.mark.parametrize(("places", "under_way"), [(1, 3), (3, 7)])
def test_the_more_places_there_are_the_more_batches_are_under_way(places, under_way):
    desk = FakeDesk(crew=Crew(places, timeout_s=1))
    seen = []

    class Awaited(Done):
        def result(self):
            seen.append("awaited")
            return super().result()

    def start(_kind, name, work):
        if name == "1 pages":
            seen.append("started")
            return Awaited(work())
        return Done(work())

    Course(desk, start, due=lambda: (), more=listing(*"123456789")).run([])

    assert seen.index("awaited") == under_way


def test_feeds_that_come_due_while_pages_are_under_way_are_polled_too():
    done = run(
        FakeDesk(),
        more=listing(*"123456"),
        due=lambda: [a_feed(feed_id="late")],
        between_rounds_s=0.0,
    )

    assert done.index("ask late") < done.index("extract 6")


def test_a_feed_whose_answer_is_not_loaded_yet_is_not_asked_for_again():
    done = run(
        FakeDesk(),
        "late",
        more=listing(*"123456"),
        due=lambda: [a_feed(feed_id="late")],
        between_rounds_s=0.0,
    )

    asked = [number for number, each in enumerate(done) if each == "ask late"]
    assert all("load" in done[first:second] for first, second in pairwise(asked))


def test_whoever_looks_on_is_told_how_far_the_run_has_come():
    desk = FakeDesk()

    run(desk, "a", more=listing("1", "2", "3"))

    shares = [stand.share for stand in desk.stands]
    assert shares == sorted(shares)
    assert desk.stands[-1] == Stand(share=1.0, told="1 of 1 feeds read, 3 of 3 pages fetched")


def test_a_run_without_pages_has_come_as_far_as_its_feeds():
    desk = FakeDesk()

    run(desk, "a", "b")

    assert desk.stands[-1] == Stand(share=1.0, told="2 of 2 feeds read")


def test_what_a_step_raises_ends_the_run():
    with pytest.raises(OSError, match="full"):
        run(FakeDesk(error=OSError("full")), more=listing("page"))
