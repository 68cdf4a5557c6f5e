"""How fast saved questions and macros answer: `python -m tests.bench.questions HOME [NAME…]`.

HOME is made by tests.bench.bigworld. Each question is asked with its defaults and, where it wants
more, with somebody or an outlet that is busy, though not the busiest. `*` and `#` are as in
tests.bench.views. No limit is promised for them: 5 s is what views may take in full.
"""

import sys
import time
from pathlib import Path

from tests.bench.views import chosen_values, marks
from warehouse.questions import questions
from warehouse.reader import Reader

_LIMIT_S = 5.0
#: Of every question that has the parameter; `{…}` as the bench of views chooses them.
_GIVEN = {
    "speaker": "{name}",
    "name": "{name}",
    "outlet": "{outlet}",
    "other": "outlet0.example",
    "words": "word12 word",
    "at": "2025-06-01T00:00:00Z",
    "story": "{article}",
}
_MACROS = {
    "quotes_by: one speaker": "from quotes_by('{name}')",
    "quotes_by: a word many names have": "from quotes_by('name1')",
    "search: a word": "from search('word12')",
}


def asked(reader: Reader, name: str, chosen: dict[str, str]) -> None:
    """Print how long the question or macro `name` took, the second time it was asked."""
    for _ in range(2):
        clock, processor = time.perf_counter(), time.process_time()
        if name in _MACROS:
            answer = reader.answer(_MACROS[name].format(**chosen), timeout_s=600)
        else:
            [question] = [each for each in questions() if each.name == name]
            given = {
                each.name: _GIVEN[each.name].format(**chosen)
                for each in question.parameters
                if each.name in _GIVEN
            }
            answer = reader.ask(name, given, timeout_s=600)
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
    print(
        f"{name:<40} {len(answer.rows):>10,} rows {clock:7.2f} s {processor:7.2f} s of processor, "
        f"limit {_LIMIT_S:g} s {marks(clock, processor, _LIMIT_S)}",
        flush=True,
    )


def main(home: str, *names: str) -> None:
    """Ask every question and macro, or those named."""
    with Reader(Path(home)) as reader:
        chosen = chosen_values(reader)
        for name in names or [*(each.name for each in questions()), *_MACROS]:
            asked(reader, name, chosen)


if __name__ == "__main__":
    main(*sys.argv[1:])
