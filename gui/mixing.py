"""Texts that are mixed, with weights as shares of 1: who turns one share has the others give way. Knows no Qt.

Weights left out, (), mean that each text is read as often as it is long.
"""

from collections.abc import Sequence
from typing import NamedTuple

DIGITS = 6  # of a share, as it is asked for


class Mixture(NamedTuple):
    """Which texts are mixed and how: in the present run, and in the next one."""

    corpus: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()  # asked for, or as they are
    asked: bool = False  # and not yet obeyed
    next_corpus: tuple[str, ...] = ()
    next_weights: tuple[float, ...] = ()
    running: bool = False  # there is an engine that turns weights


def shares(weights: Sequence[float], sizes: Sequence[float]) -> tuple[float, ...]:
    """Of 1 in all; without weights by size, and alike where no size is known either."""
    parts = weights or (sizes if sum(sizes) > 0 else [1.0] * len(sizes))
    return tuple(part / sum(parts) for part in parts)


def turned(basis: Sequence[float], place: int, share: float) -> tuple[float, ...] | None:
    """`basis` with one share set, the others as they were to each other; None where nothing would be left to read."""
    rest = sum(basis) - basis[place]
    if rest <= 0:
        return tuple(basis) if share >= 1 else None
    keep = (1.0 - share) / rest
    return tuple(round(share if i == place else part * keep, DIGITS) for i, part in enumerate(basis))


def differ(some: Sequence[float], others: Sequence[float]) -> bool:
    """By more than can be seen."""
    return len(some) != len(others) or any(abs(a - b) >= 0.0005 for a, b in zip(some, others, strict=True))


def added(weights: tuple[float, ...]) -> tuple[float, ...]:
    """One more text, as heavy as the others on average."""
    return (*weights, sum(weights) / len(weights)) if weights else ()


def removed(weights: tuple[float, ...], place: int) -> tuple[float, ...]:
    """One text less; were only silent ones left, they would share alike."""
    rest = (*weights[:place], *weights[place + 1 :])
    return rest if sum(rest) > 0 else tuple(1.0 for _ in rest)


def carried(mixture: Mixture, present: Sequence[float]) -> tuple[float, ...]:
    """Weights of the next run once the present one's are `present`: new texts keep their share, the rest follows."""
    now = dict(zip(mixture.corpus, present, strict=True))
    waiting = shares(mixture.next_weights, [1.0] * len(mixture.next_corpus))
    room = sum(share for source, share in zip(mixture.next_corpus, waiting, strict=True) if source in now)
    whole = sum(now.get(source, 0.0) for source in mixture.next_corpus)
    if not whole:
        return mixture.next_weights
    pairs = zip(mixture.next_corpus, waiting, strict=True)
    return tuple(round(now[source] / whole * room, DIGITS) if source in now else share for source, share in pairs)
