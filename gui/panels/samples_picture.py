"""Which samples are shown, and what is said about them: plain values, the same on screen and on paper."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.events import Wrote
from gui.pieces import spelled, text_note
from gui.text import prose
from gui.widgets.sample_card import Sample, When

LONGEST_PROMPT = 32  # characters of it in the title row
GAP = "___"  # as the engine knows it
TALL = 20  # newest samples in the column of a tall panel


class Samples(NamedTuple):
    written: tuple[Wrote, ...]  # all of the run, oldest first
    now: int  # which of them belongs to the step on show; -1 before the first
    fills_gaps: bool = False  # prompts may have one


def places_of(samples: Samples, columns: int) -> list[int]:
    """Which of all samples are shown, side by side or in one column."""
    steps, now = [wrote.step for wrote in samples.written], samples.now
    if columns > 1:
        return spread(steps, now, columns)
    first = max(0, min(len(steps), max(now, 0) + 1) - TALL) if now >= 0 else 0
    return list(range(first, min(len(steps), first + TALL)))


def sample(samples: Samples, place: int) -> Sample:
    """One of all, as it can be drawn."""
    wrote, now = samples.written[place], samples.now
    when: When = "now" if place == now else "past" if place < now else "later"
    before, _, after = wrote.prompt.partition(GAP) if samples.fills_gaps else (wrote.prompt, "", "")
    written = prose(spelled([wrote.text]))
    return Sample(wrote.step, prose(before), written, when, prose(after), text_note(wrote.text))


def facts(wrote: Wrote, shown: int, written: int) -> tuple[tuple[str, str], ...]:
    """How a sample was made, most important first."""
    prompt = prose(wrote.prompt).replace("\n", " ")
    prompt = prompt if len(prompt) <= LONGEST_PROMPT else f"{prompt[:LONGEST_PROMPT]}…"
    return (
        ("prompt", prompt),
        ("temperature", f"{wrote.temperature:g}"),
        ("top-k", f"{wrote.top_k:,}" if wrote.top_k else "all"),
        ("top-p", f"{wrote.top_p:g}"),
        ("seed", f"{wrote.seed:,}"),
        (f"{shown:,} of {written:,} shown", ""),
    )


def spread(steps: Sequence[int], now: int, count: int) -> list[int]:
    """`count` places in `steps`: the first, the newest, `now`, then always what lies farthest from all of these.

    Far is meant in the logarithm of the step: most happens early.
    """
    if len(steps) <= count:
        return list(range(len(steps)))
    at = np.log1p(np.asarray(steps, float))
    chosen = sorted({0, max(now, 0), len(steps) - 1}, reverse=True)[:count]
    distance = np.min([np.abs(at - at[place]) for place in chosen], axis=0)
    while len(chosen) < count:
        distance[chosen] = -1.0  # also where steps are equal
        place = int(distance.argmax())
        chosen.append(place)
        distance = np.minimum(distance, np.abs(at - at[place]))
    return sorted(chosen)
