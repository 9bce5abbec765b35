"""What training costs is told in words, and an estimate is called one."""

from math import nan

import pytest

from engine.events import Chosen, Event, Metered, Started
from engine.recording import Recording
from gui.machine import Fact, machine_facts, machine_line, watt_hours

STARTED = Started(0, 0.0, "amber-heron", {}, 920_000, "CPU, 2 threads")
CHOSEN = Chosen(0, 0.0, "fp32", "fused", 2, 2.8e11, "fp32, 2 threads: bf16 was 0.8×")


def metered(utilisation: float = 0.61, memory: int = 640_000_000, left: float = 180.0, measured: int = 0) -> Metered:
    return Metered(20, 1.0, 30_700.0, 1.7e11, utilisation, memory, left, 4320.0, measured)


def of(*events: Event) -> Recording:
    made = Recording()
    for event in events:
        made.add(event)
    return made


def test_nothing_is_claimed_before_anything_is_known() -> None:
    assert machine_line(Recording()) == ""
    assert machine_facts(Recording()) == ()
    assert machine_line(of(STARTED)) == "CPU, 2 threads"


def test_the_line_has_device_share_and_memory() -> None:
    assert machine_line(of(STARTED, metered())) == "CPU, 2 threads  ·  61 % of its peak  ·  640 MB"
    assert machine_line(of(STARTED, metered(nan, 1_240_000_000))) == "CPU, 2 threads  ·  1.2 GB"


def test_all_of_it() -> None:
    assert machine_facts(of(STARTED, CHOSEN, metered())) == (
        Fact("Computes on", "CPU, 2 threads"),
        Fact("Chosen", "fp32, 2 threads: bf16 was 0.8×"),
        Fact("Measured peak", "280", "GFLOP/s"),
        Fact("Speed", "30.7", "k tokens/s"),
        Fact("Arithmetic", "170", "GFLOP/s"),
        Fact("Share of the peak", "61 %"),
        Fact("Memory", "640", "MB"),
        Fact("Time left", "3 min 0 s"),
        Fact("Energy", "≈ 1.20", "Wh, an estimate"),
    )


@pytest.mark.parametrize(("measured", "fact"), [(0, ("≈ 1.20", "Wh, an estimate")), (1, ("1.20", "Wh"))])
def test_measured_energy_is_no_estimate(measured: int, fact: tuple[str, str]) -> None:
    assert machine_facts(of(metered(measured=measured)))[-1] == Fact("Energy", *fact)


@pytest.mark.parametrize(
    ("joules", "words"),
    [(0.5, "0.00 Wh"), (50.0, "0.01 Wh"), (151_200.0, "42.0 Wh"), (3.59e6, "997 Wh"), (4.44e6, "1.23 kWh")],
)
def test_energy_is_never_written_with_a_power_of_ten(joules: float, words: str) -> None:
    assert " ".join(watt_hours(joules)) == words


def test_what_was_not_measured_is_left_out() -> None:
    names = [fact.name for fact in machine_facts(of(metered(nan, left=0.0)))]
    assert names == ["Speed", "Arithmetic", "Memory", "Energy"]
