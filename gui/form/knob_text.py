"""How a declared value is written, read and stepped through: the same in forms, tool tips and sentences."""

from math import isfinite
from typing import Any

from engine.declared import Knob

NAMES = {
    "bpe": "BPE", "wordpiece": "WordPiece", "file": "From a file", "gpt2": "GPT-2",
    "cpu": "CPU", "cuda": "CUDA", "mps": "MPS", "adamw": "AdamW", "sgd": "SGD",
    "wsd": "WSD", "fp32": "fp32", "bf16": "bf16", "nanogpt-cpu": "nanoGPT, CPU", "nanogpt-gpu": "nanoGPT, GPU",
    "fast-plain": "Fast, plain", "fast-long": "Fast, long", "stories-1m": "Stories 1 M", "stories-8m": "Stories 8 M",
    "stories-30m": "Stories 30 M", "flops": "FLOPs",
}  # fmt: skip
STOPS = 200  # places a slider can stand at


def exponent(value: float, digits: int = 1) -> str:
    """0.001 as 1.0e-3; a dash for what is not known."""
    if not isfinite(value):
        return "–"
    mantissa, power = f"{value:.{digits}e}".split("e")
    return f"{mantissa}e{int(power)}"


def said(knob: Knob, value: Any) -> str:
    """A value as a person reads it, without its unit."""
    if knob.choices:
        return NAMES.get(value, str(value).capitalize())
    if knob.kind is bool:
        return "on" if value else "off"
    return knob.lowest if knob.lowest and value == knob.low else counted(knob, value)


def counted(knob: Knob, value: Any) -> str:
    """A number in digits, whatever it stands for; anything else as it is."""
    if knob.kind is int:
        return f"{value:,}"
    if knob.kind is float:
        return _exact_exponent(value) if knob.log else _decimal(value)
    if isinstance(value, tuple):
        return ", ".join(f"{one:.2f}" if isinstance(one, float) else str(one) for one in value)
    return str(value)


def read(knob: Knob, text: str) -> int | float:
    """What a person typed; raises ValueError with a sentence for them."""
    if knob.lowest and knob.low is not None and text.strip().lower() == knob.lowest:
        return int(knob.low) if knob.kind is int else knob.low
    try:
        value: float = _number(knob, text)
        if not isfinite(value):
            raise ValueError
    except (ValueError, OverflowError):
        raise ValueError(f"“{text}” is not a number.") from None
    low, high = knob.low, knob.high
    if (low is not None and value < low) or (high is not None and value > high):
        raise ValueError(f"{knob.label} goes {bounds(knob)}.")
    return value


def bounds(knob: Knob) -> str:
    """From the lowest to the highest value, in words; nothing where there is no range."""
    if knob.low is None or knob.high is None:
        return ""
    low, high = counted(knob, knob.kind(knob.low)), counted(knob, knob.kind(knob.high))
    return f"from {low} to {high} {knob.unit}".rstrip()


def stops(knob: Knob) -> tuple[int | float, ...]:
    """The values a slider stands at, lowest first: round, no two alike, so that every key press changes something."""
    if knob.low is None or knob.high is None:
        raise ValueError(f"{knob.name} has no range")
    low, high = knob.low, knob.high
    if knob.kind is int and high - low <= STOPS and not knob.log:
        return tuple(range(int(low), int(high) + 1))
    shares = [place / STOPS for place in range(STOPS + 1)]
    if knob.log and low > 0:
        raw = [low * (high / low) ** share for share in shares]
    else:
        raw = [low + (high - low) * share for share in shares]
    return tuple(sorted({min(max(_rounded(knob, value), low), high) for value in raw}))


def nearest(places: tuple[int | float, ...], value: float) -> int:
    """Index of the place closest to `value`."""
    return min(range(len(places)), key=lambda index: abs(places[index] - value))


def explanation(knob: Knob) -> str:
    """One or two sentences: what it is, its range, and when a change counts."""
    reach = bounds(knob)
    return f"{knob.help}." + (f" Goes {reach}." if reach else "")


def _rounded(knob: Knob, value: float) -> int | float:
    if knob.kind is int:
        return round(value)
    return float(f"{value:.1e}") if knob.log else round(value, 3)


def _number(knob: Knob, text: str) -> int | float:
    text = text.strip().replace(" ", "").replace("\u202f", "")
    if knob.kind is float:
        return float(text if "." in text else text.replace(",", "."))
    value = float(text.replace(",", ""))
    if not value.is_integer():
        raise ValueError("a whole number is wanted")
    return int(value)


def _exact_exponent(value: float) -> str:
    """Two digits, or three where two would be wrong."""
    short = exponent(value)
    return short if float(short) == value else exponent(value, 2)


def _decimal(value: float) -> str:
    text = f"{value:.4g}"
    return text if "." in text or "e" in text else f"{text}.0"
