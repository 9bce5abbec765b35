"""What was measured of this machine, kept as small JSON files in the cache: found again without loading torch."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from math import log
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.processor import processor, usable_cores
from engine.settings import Settings
from engine.settings.model import ModelSettings
from engine.size import step_flops

FOLDER = "measured"
FORMAT = 1
SHAPE = (
    *(name for name in ModelSettings.model_fields if name != "begin_with"),
    *("objective", "optimizer", "batch_size", "micro_batches", "device", "threads", "precision", "attention"),
)  # settings that decide how long a step takes


class Measured(BaseModel):
    """One self-benchmark; extra or impossible values make it damaged."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    machine: str
    device: str  # its name
    threads: int = Field(ge=1)
    precision: str = Field(pattern="^(fp32|bf16)$")
    attention: str = Field(pattern="^(fused|plain)$")
    words: str
    peak: float = Field(ge=0)  # FLOP/s of a matrix multiplication
    speed: float = Field(ge=0)  # FLOP/s of training steps, counted as in size.py; 0 where none was timed
    flops: int = Field(ge=1)  # of one step of the run it was made for


def machine() -> str:
    """Whatever else changes leaves the measurements true."""
    try:
        torch = version("torch")
    except PackageNotFoundError:
        torch = "none"
    waiting = os.environ.get("OMP_WAIT_POLICY", "default").lower()  # threads that sleep are slower to wake
    return f"{processor().model}, {usable_cores()} cores, torch {torch}, waiting {waiting}"


def find(cache: Path, settings: Settings, vocabulary: int) -> Measured | None:
    """What was measured for exactly this run; a damaged file counts as none."""
    return _read(cache / FOLDER / _name(settings, vocabulary))


def nearest(cache: Path, settings: Settings, vocabulary: int) -> Measured | None:
    """Of this machine, with timed steps, and closest in arithmetic a step; the run's own where there is one."""
    own = find(cache, settings, vocabulary)
    if own and own.speed:
        return own
    wanted, here = step_flops(settings, vocabulary), machine()
    there = [one for one in _all(cache) if one.machine == here and one.speed]
    return min(there, key=lambda one: abs(log(one.flops / wanted)), default=None)


def keep(cache: Path, settings: Settings, vocabulary: int, made: Measured) -> None:
    """Written aside, then renamed; a disk that is full costs two seconds the next time, and nothing else."""
    folder = cache / FOLDER
    aside = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".aside", delete=False, encoding="utf-8") as file:
            aside = Path(file.name)
            file.write(made.model_dump_json())
        os.replace(aside, folder / _name(settings, vocabulary))
    except OSError:
        if aside:
            with suppress(OSError):
                aside.unlink(missing_ok=True)


def _name(settings: Settings, vocabulary: int) -> str:
    facts = [FORMAT, machine(), vocabulary, {name: getattr(settings, name) for name in SHAPE}]
    return blake2b(json.dumps(facts).encode(), digest_size=16).hexdigest() + ".json"


def _all(cache: Path) -> Iterator[Measured]:
    for path in sorted((cache / FOLDER).glob("*.json")):
        if found := _read(path):
            yield found


def _read(path: Path) -> Measured | None:
    try:
        return Measured.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
