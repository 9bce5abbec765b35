"""From values to pixels and back, and where an axis has its ticks: plain numbers, tested without a screen.

A scale has ends in its own units: the value itself, or its log10 where it is logarithmic.
"""

from collections.abc import Iterator, Sequence
from math import ceil, floor, inf, isfinite, log10, nan
from typing import NamedTuple

import numpy as np

STEPS = (1.0, 2.0, 5.0, 10.0)  # times a power of ten: what people count in
FINE_STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0)
FEW_DECADES = 1.5  # shorter than this, powers of ten alone are too few ticks
DECADE_SHARE = 0.75  # shorter than this, even 1, 2, 5 are too few
TOLERANCE = 1e-9  # of a tick: 0.30000000000000004 is 0.3
LARGE = ((1e18, " E"), (1e15, " P"), (1e12, " T"), (1e9, " G"), (1e6, " M"))  # written short
SMALLEST = 1e-12  # below this there is no logarithm worth drawing


class Span(NamedTuple):
    """A stretch of an axis, in the units of its scale."""

    low: float
    high: float

    @property
    def size(self) -> float:
        return self.high - self.low


class Tick(NamedTuple):
    value: float
    label: str  # empty: a minor one


class Scale(NamedTuple):
    """Pixels `start` and `end` stand for the low and the high end; on an upright axis `start` is the larger."""

    span: Span
    log: bool
    start: float
    end: float

    def pixels(self, values: np.ndarray) -> np.ndarray:
        """Where values are drawn; NaN where a logarithm has no value."""
        if self.log:
            positive = np.asarray(values) > SMALLEST
            values = np.log10(values, out=np.full(np.shape(values), np.nan), where=positive)
        return self.start + (values - self.span.low) * ((self.end - self.start) / self.span.size)

    def pixel(self, value: float) -> float:
        """Where one value is drawn."""
        place = (log10(value) if value > SMALLEST else nan) if self.log else value
        return float(self.start + (place - self.span.low) * ((self.end - self.start) / self.span.size))

    def place(self, pixel: float) -> float:
        """What a pixel stands for, in units of the scale."""
        return self.span.low + (pixel - self.start) * self.span.size / (self.end - self.start)

    def value(self, pixel: float) -> float:
        """What a pixel stands for."""
        return value_at(self.place(pixel), self.log)

    def values(self, pixels: np.ndarray) -> np.ndarray:
        """What pixels stand for."""
        places = self.span.low + (pixels - self.start) * (self.span.size / (self.end - self.start))
        return np.power(10.0, places) if self.log else places

    def edges(self, count: int) -> np.ndarray:
        """Values at the borders of `count` equal columns, from the low end to the high one."""
        places = np.linspace(self.span.low, self.span.high, count + 1)
        return np.power(10.0, places) if self.log else places


def value_at(place: float, log: bool) -> float:
    """What a place on a scale stands for."""
    return float(10.0**place) if log else place


def tick_step(size: float, most: int) -> float:
    """The smallest step people count in that gives at most `most` ticks over `size`."""
    rough = size / max(1, most)
    power = 10.0 ** floor(log10(rough))
    return next(power * step for step in STEPS if power * step >= rough * (1 - TOLERANCE))


def ticks(span: Span, log: bool, most: int) -> list[Tick]:
    """Ticks inside `span`, lowest first: at most about `most` with labels."""
    if not log:
        return [Tick(value, label(value, tick_step(span.size, most))) for value in multiples(span, most)]
    return _close_ticks(span, most) if span.size < FEW_DECADES else list(_decades(span, most))


def multiples(span: Span, most: int) -> list[float]:
    """Multiples of a step people count in."""
    step = tick_step(span.size, most)
    first, last = ceil(span.low / step - TOLERANCE), floor(span.high / step + TOLERANCE)
    return [count * step for count in range(first, last + 1)]


def _decades(span: Span, most: int) -> Iterator[Tick]:
    """Powers of ten, every second or third where there are many, and 2 to 9 times them as minor ticks."""
    every = ceil(span.size / max(1, most))
    for value, times in _digits(span):
        named = times == 1 and round(log10(value)) % every == 0
        yield Tick(value, label(value, value) if named else "")


def _digits(span: Span) -> Iterator[tuple[float, int]]:
    """1 to 9 times each power of ten inside a logarithmic span."""
    for power in range(floor(span.low), ceil(span.high) + 1):
        for times in range(1, 10):
            if span.low - TOLERANCE <= power + log10(times) <= span.high + TOLERANCE:
                yield times * 10.0**power, times


def _close_ticks(span: Span, most: int) -> list[Tick]:
    """Where powers of ten are too few: 1, 2, 5, or plain multiples with those left out that would stand too near."""
    if span.size > DECADE_SHARE:
        return [Tick(value, label(value, value) if times in (1, 2, 5) else "") for value, times in _digits(span)]
    straight = Span(value_at(span.low, log=True), value_at(span.high, log=True))
    step, made, last = tick_step(straight.size, most), list[Tick](), -inf
    for value in multiples(straight, most):
        if log10(value) - last >= 0.6 * span.size / max(1, most):
            last = log10(value)
            made.append(Tick(value, label(value, step)))
    return made


def label(value: float, step: float) -> str:
    """A value with the digits its step needs: 1,000 · 2.5 · 0.05 · 10 M."""
    for size, unit in LARGE:
        if abs(value) >= size:
            return label(value / size, step / size) + unit
    decimals = max(0, -floor(log10(step) + TOLERANCE))
    return f"{value + 0.0:,.{decimals}f}"  # + 0.0: no minus before zero


def roomy(low: float, high: float, log: bool, most: int) -> Span:
    """A span around values from low to high that ends on round values: it grows in steps, not every frame."""
    if not (isfinite(low) and isfinite(high)):
        return Span(0.0, 1.0)
    if log:
        low, high = max(low, SMALLEST), max(high, SMALLEST)
        return Span(log10(round_down(low / 1.02, FINE_STEPS)), log10(round_up(high * 1.02, FINE_STEPS)))
    size = max(high - low, 0.05 * abs(high), 0.1)
    half = tick_step(size, most) / 2
    bottom = floor((low - 0.02 * size) / half) * half
    return Span(0.0 if low >= 0 > bottom else bottom, ceil((high + 0.02 * size) / half) * half)


def round_up(value: float, steps: Sequence[float] = STEPS) -> float:
    """The next of 1, 2, 5, 10, 20, …, or of other steps times a power of ten."""
    power = 10.0 ** floor(log10(value))
    return next(power * step for step in steps if power * step >= value * (1 - TOLERANCE))


def round_down(value: float, steps: Sequence[float] = STEPS) -> float:
    """The last of 1, 2, 5, 10, 20, …, or of other steps times a power of ten."""
    power = 10.0 ** floor(log10(value) + TOLERANCE)
    return next(power * step for step in reversed(steps) if power * step <= value * (1 + TOLERANCE))
