"""What a tokenizer is learned from: stretches from all over a text, however long it is."""

import re
from collections.abc import Generator, Iterable, Iterator
from typing import NamedTuple

LEARN_FROM = 5_000_000  # characters are enough to know which bytes stand together
LEARN_WORDS = 1_500_000  # characters of different words: what learning really costs
STRETCH = 10_000
LONG_RUN = re.compile(r"(\S{100})(?=\S)")  # learning takes a time that grows with the length of its words


class Sample(NamedTuple):
    stretches: list[str]
    words: int  # characters of its different words


def sampled(texts: Iterable[str], size: int) -> Generator[int, None, Sample]:
    """A sample of texts of about `size` characters; says again and again how many it has seen."""
    share = min(1.0, LEARN_FROM / max(1, size))
    stretches: list[str] = []
    words: set[str] = set()
    seen = taken = cost = 0
    for text in texts:
        for start in range(0, len(text), STRETCH):
            seen += min(STRETCH, len(text) - start)
            # the first tenth may cost more: all words are new there
            if taken > share * seen or cost > LEARN_WORDS * (0.1 + seen / max(1, size)):
                continue
            stretches.append(text[start : start + STRETCH])
            taken += len(stretches[-1])
            new = set(stretches[-1].split()) - words
            cost += sum(map(len, new))
            words |= new
        yield seen
    return Sample(stretches, cost)


def in_short_runs(stretches: Iterable[str]) -> Iterator[str]:
    """The same text; what has no space for long is parted."""
    for stretch in stretches:
        yield from filter(None, LONG_RUN.split(stretch))
