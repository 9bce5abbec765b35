"""What training costs in joules: counted by the processor or the graphics card where it tells, else an estimate.

A counter of the processor counts for the whole machine, other programs included. The estimate is
the time on processor cores times WATTS_A_CORE: makers state 15–28 W for 8 cores of a laptop, 65–170 W for 6–16 of a
desktop, 280–400 W for 32–128 of a server, so 2 to 11 W for each; the estimate can be wrong by a factor of two.
"""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Protocol

import torch

WATTS_A_CORE = 7.0
WATTS = {"cuda": 300.0, "mps": 20.0}  # of a graphics card at work that does not tell: between 75 and 700
POWERCAP = Path("/sys/class/powercap")  # Linux: also AMD's processors count here, under Intel's name
MICRO, MILLI = 1e-6, 1e-3


class Energy(Protocol):
    measured: bool

    def spent(self, seconds: float) -> float:
        """Joules since it was last asked, of which `seconds` were training."""
        ...


class Counted:
    """Counters of the processor packages, in microjoules, which begin anew at a highest value."""

    measured = True

    def __init__(self, domains: list[Path], clock: Callable[[], float] = perf_counter) -> None:
        """Raises OSError or ValueError where they cannot be read."""
        self._domains, self._clock = domains, clock
        self._ranges = [_number(domain / "max_energy_range_uj") for domain in domains]
        self._last, self._time = self._read(), clock()

    def spent(self, seconds: float) -> float:
        """A pause has its share of what was counted, and it is left out."""
        now, time = self._read(), self._clock()
        passed = zip(now, self._last, self._ranges, strict=True)
        joules = MICRO * sum((new - old) % (highest + 1) for new, old, highest in passed)
        share = min(1.0, seconds / max(time - self._time, 1e-9))
        self._last, self._time = now, time
        return joules * share

    def _read(self) -> list[int]:
        return [_number(domain / "energy_uj") for domain in self._domains]


class Drawn:
    """The power a graphics card draws at this moment, for as long as it was training."""

    measured = True

    def __init__(self, milliwatts: Callable[[], float]) -> None:
        self._milliwatts = milliwatts

    def spent(self, seconds: float) -> float:
        return MILLI * self._milliwatts() * seconds


class Estimated:
    """From the time on processor cores, and from the time alone on a graphics card."""

    measured = False

    def __init__(self, device: str, cpu_clock: Callable[[], float] = process_time) -> None:
        self._watts = WATTS.get(device, 0.0)
        self._cpu_clock = cpu_clock
        self._last = cpu_clock()

    def spent(self, seconds: float) -> float:
        now = self._cpu_clock()
        joules = WATTS_A_CORE * (now - self._last) + self._watts * seconds
        self._last = now
        return joules


def energy(device: str, folder: Path = POWERCAP, cpu_clock: Callable[[], float] = process_time) -> Energy:
    """The best way this machine has for this kind of device; `cpu_clock` has the seconds of work on processor cores."""
    if device == "cuda":
        return _of_a_card()
    try:
        domains = packages(folder)
        return Counted(domains) if domains and device == "cpu" else Estimated(device, cpu_clock)
    except (OSError, ValueError):  # most systems let only the administrator read
        return Estimated(device, cpu_clock)


def packages(folder: Path) -> list[Path]:
    """Processor packages; what lies inside one is counted with it."""
    named = [(path, (path / "name").read_text().strip()) for path in sorted(folder.glob("intel-rapl:*"))]
    return [path for path, name in named if name.startswith("package-")]


def _of_a_card() -> Energy:
    try:
        torch.cuda.power_draw()
    except Exception:  # without the maker's library it is a different error in each version
        return Estimated("cuda")
    return Drawn(torch.cuda.power_draw)


def _number(path: Path) -> int:
    return int(path.read_text())
