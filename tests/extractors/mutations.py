"""Documents with random damage, of the kinds that networks, editors and enemies do."""

import random
from collections.abc import Iterator, Sequence


def mutations(
    chance: random.Random, corpus: Sequence[bytes], tokens: Sequence[bytes]
) -> Iterator[bytes]:
    """Yield without end a document of `corpus` with some damage, or some of `tokens`, in it."""
    while True:
        body = bytearray(chance.choice(corpus))
        for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
            _mutate(body, chance, corpus, tokens)
        yield bytes(body)


def _mutate(
    body: bytearray, chance: random.Random, corpus: Sequence[bytes], tokens: Sequence[bytes]
) -> None:
    start = chance.randrange(len(body) + 1)
    end = min(len(body), start + chance.choice((1, 4, 20, 200)))
    kind = chance.randrange(8)
    if kind == 0:
        body[start:end] = bytes(each ^ (1 << chance.randrange(8)) for each in body[start:end])
    elif kind == 1:
        del body[start:end]
    elif kind == 2:
        body[start:start] = body[start:end] * chance.choice((1, 2, 9))
    elif kind == 3:
        other = chance.choice(corpus)
        body[start:] = other[chance.randrange(len(other) + 1) :]
    elif kind == 4:
        del body[start:]
    else:
        body[start:start] = chance.choice(tokens)
