"""What training costs this machine, in words: a short line, and all of it. Knows no Qt."""

from math import isfinite
from typing import NamedTuple

from engine.events import Chosen, Metered, Started
from engine.recording import Recording
from gui.status import duration
from gui.text import percent, short

WATT_HOUR = 3600.0  # joules


class Fact(NamedTuple):
    name: str
    value: str
    unit: str = ""


def machine_line(recording: Recording) -> str:
    """Device, how much of its speed is used, and memory: for the status line."""
    started, metered = recording.latest(Started), recording.latest(Metered)
    words = [started.device] if started else []
    if metered:
        words += [f"{percent(metered.utilisation)} of its peak"] if isfinite(metered.utilisation) else []
        words.append(" ".join(size(metered.memory)))
    return "  ·  ".join(words)


def machine_facts(recording: Recording) -> tuple[Fact, ...]:
    """All that is known, the device first; what was not measured is left out."""
    started, chosen, metered = recording.latest(Started), recording.latest(Chosen), recording.latest(Metered)
    facts = [Fact("Computes on", started.device)] if started else []
    if chosen and chosen.words:
        facts.append(Fact("Chosen", chosen.words))
    if chosen and chosen.peak:
        facts.append(Fact("Measured peak", *flops(chosen.peak)))
    return (*facts, *costs(metered)) if metered else tuple(facts)


def costs(metered: Metered) -> tuple[Fact, ...]:
    """What the last second or so took."""
    value, unit = short(metered.tokens_per_second)
    known = isfinite(metered.utilisation)
    return (
        Fact("Speed", value, f"{unit} tokens/s".lstrip()),
        Fact("Arithmetic", *flops(metered.flops)),
        *([Fact("Share of the peak", percent(metered.utilisation))] if known else []),
        Fact("Memory", *size(metered.memory)),
        *([Fact("Time left", duration(metered.seconds_left))] if metered.seconds_left > 0 else []),
        energy(metered),
    )


def energy(metered: Metered) -> Fact:
    """Since the start; an estimate is called one."""
    value, unit = watt_hours(metered.energy)
    return (
        Fact("Energy", value, unit) if metered.energy_measured else Fact("Energy", f"≈ {value}", f"{unit}, an estimate")
    )


def watt_hours(joules: float) -> tuple[str, str]:
    """Energy with its unit."""
    hours = joules / WATT_HOUR
    if hours >= 999.5:
        value, unit = short(hours)
        return value, f"{unit}Wh"
    return f"{hours:.{2 if hours < 10 else 1 if hours < 100 else 0}f}", "Wh"


def flops(rate: float) -> tuple[str, str]:
    """FLOP a second with its unit."""
    value, unit = short(rate)
    return value, f"{unit}FLOP/s"


def size(count: float) -> tuple[str, str]:
    """Bytes with their unit."""
    return (f"{count / 1e9:.1f}", "GB") if count >= 0.95e9 else (f"{count / 1e6:,.0f}", "MB")
