"""Measured choices: the fastest is taken, what a person chose is left alone, and the answer is kept."""

from collections import Counter
from pathlib import Path

import pytest
import torch

from engine import measured
from engine.events import Progressed
from engine.settings import Settings
from engine.training.choices import Chosen, Tools, choose
from engine.training.device import Device

CPU = Device(torch.device("cpu"), "CPU")
CARD = Device(torch.device("cuda"), "A card")
V = 100


class Machine:
    """Scripted seconds of a step by (threads, precision, attention)."""

    def __init__(self, seconds: dict[tuple[int, str, str], float], busy: float = 0.0) -> None:
        self.seconds, self.busy = seconds, busy
        self.steps: Counter[tuple[int, str, str]] = Counter()

    def rehearse(self, settings: Settings, vocabulary: int, device: Device) -> "Scripted":
        return Scripted(self, settings)

    def tools(self, threads: tuple[int, ...] = (2, 1)) -> Tools:
        return Tools(self.rehearse, lambda *_: 1e11, lambda: list(threads), lambda: lambda: self.busy)


class Scripted:
    flops = 1000

    def __init__(self, machine: Machine, settings: Settings) -> None:
        self._machine, self._settings = machine, settings

    def __call__(self, threads: int) -> float:
        place = threads, self._settings.precision, self._settings.attention
        self._machine.steps[place] += 1
        if place not in self._machine.seconds:
            raise RuntimeError("not on this device")
        return self._machine.seconds[place]


def chosen_by(
    machine: Machine, cache: Path | None, settings: Settings, device: Device = CPU, threads: tuple[int, ...] = (2, 1)
) -> Chosen:
    work = choose(settings, V, device, cache, machine.tools(threads))
    try:
        while True:
            assert isinstance(next(work), Progressed)
    except StopIteration as end:
        return end.value


@pytest.fixture(autouse=True)
def threads_as_they_were():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def usual() -> Machine:
    """Two threads and fp32 are best."""
    seconds = {
        (2, "fp32", "fused"): 0.010, (1, "fp32", "fused"): 0.0166,
        (2, "bf16", "plain"): 0.0125, (2, "fp32", "plain"): 0.0111,
    }  # fmt: skip
    return Machine(seconds)


def test_the_safe_choice_stays_when_nothing_is_faster_and_words_say_why(tmp_path):
    chosen = chosen_by(usual(), tmp_path, Settings())
    using = chosen.settings
    assert (using.device, using.threads, using.precision, using.attention) == ("cpu", 2, "fp32", "fused")
    assert chosen.words == "fp32, 2 threads: bf16 was 0.8×, one thread 0.6×, plain attention 0.9×"
    assert chosen.peak == 1e11
    assert torch.get_num_threads() == 2


def test_each_choice_builds_on_the_one_before(tmp_path):
    machine = Machine({
        (2, "fp32", "fused"): 0.02, (1, "fp32", "fused"): 0.01,
        (1, "bf16", "fused"): 0.005, (1, "bf16", "plain"): 0.004,
    })  # fmt: skip
    chosen = chosen_by(machine, tmp_path, Settings())
    using = chosen.settings
    assert (using.threads, using.precision, using.attention) == (1, "bf16", "plain")
    assert chosen.words == "bf16, one thread, plain attention: fp32 was 0.4×, 2 threads 0.5×, fused attention 0.8×"


def test_a_gain_too_small_to_be_sure_of_changes_nothing(tmp_path):
    machine = usual()
    machine.seconds[2, "bf16", "fused"] = 0.0098
    assert chosen_by(machine, tmp_path, Settings()).settings.precision == "fp32"


def test_what_a_device_cannot_do_is_not_taken(tmp_path):
    machine = usual()
    del machine.seconds[2, "bf16", "plain"]
    chosen = chosen_by(machine, tmp_path, Settings())
    assert chosen.settings.precision == "fp32"
    assert "bf16 was not possible" in chosen.words


def test_the_fastest_of_many_threads_is_taken_and_the_next_best_is_named(tmp_path):
    times = {8: 0.0195, 1: 0.040, 2: 0.022, 4: 0.011}
    machine = Machine({(count, "fp32", "fused"): seconds for count, seconds in times.items()})
    settings = Settings(precision="fp32", attention="fused")
    chosen = chosen_by(machine, tmp_path, settings, threads=tuple(times))
    assert chosen.settings.threads == 4
    assert chosen.words == "fp32, 4 threads: 8 threads were 0.6×"


def test_hopeless_candidates_get_no_more_turns(tmp_path):
    machine = Machine({(2, "fp32", "fused"): 0.1, (1, "fp32", "fused"): 0.002})
    chosen_by(machine, tmp_path, Settings(precision="fp32", attention="fused"))
    assert machine.steps[2, "fp32", "fused"] == 3
    assert machine.steps[1, "fp32", "fused"] > 3


def test_measuring_takes_about_two_seconds_at_most(tmp_path):
    for step in (0.001, 0.05, 0.3):
        machine = Machine({
            (threads, precision, attention): step
            for threads in (1, 2) for precision in ("fp32", "bf16") for attention in ("fused", "plain")
        })  # fmt: skip
        chosen_by(machine, tmp_path / str(step), Settings())
        assert sum(machine.steps.values()) * step <= max(3.0, 12 * step)


@pytest.mark.parametrize(
    ("explicit", "never"),
    [({"threads": 2}, (1, "fp32", "fused")), ({"precision": "fp32"}, (2, "bf16", "fused")),
     ({"attention": "fused"}, (2, "fp32", "plain"))],
)  # fmt: skip
def test_what_a_person_chose_is_neither_tried_nor_changed(tmp_path, explicit, never):
    machine = usual()
    machine.seconds[never] = 0.0001
    chosen = chosen_by(machine, tmp_path, Settings(**explicit))
    assert machine.steps[never] == 0
    assert all(getattr(chosen.settings, name) == value for name, value in explicit.items())


def test_nothing_to_choose_needs_no_step_and_no_words(tmp_path):
    machine = Machine({})
    chosen = chosen_by(machine, tmp_path, Settings(threads=1, precision="fp32", attention="fused"))
    assert not machine.steps
    assert (chosen.words, chosen.peak, torch.get_num_threads()) == ("", 1e11, 1)


def test_without_a_cache_nothing_is_measured_and_the_safe_choice_is_taken():
    machine = usual()
    chosen = chosen_by(machine, None, Settings())
    using = chosen.settings
    assert not machine.steps
    assert (using.threads, using.precision, using.attention) == (2, "fp32", "fused")
    assert (chosen.words, chosen.peak) == ("", 0.0)


def test_the_second_start_finds_the_answer_of_the_first(tmp_path):
    first, second = usual(), usual()
    one, other = chosen_by(first, tmp_path, Settings()), chosen_by(second, tmp_path, Settings())
    assert one == other
    assert first.steps
    assert not second.steps


def test_a_damaged_answer_and_another_device_are_measured_anew(tmp_path):
    chosen_by(usual(), tmp_path, Settings())
    again = usual()
    chosen_by(again, tmp_path, Settings(), Device(torch.device("cpu"), "Another"))
    assert again.steps
    next((tmp_path / measured.FOLDER).glob("*.json")).write_text("{}")
    once_more = usual()
    chosen_by(once_more, tmp_path, Settings())
    assert once_more.steps


def test_what_was_measured_on_a_busy_machine_is_used_but_not_kept(tmp_path):
    machine = usual()
    machine.busy, machine.seconds[1, "fp32", "fused"] = 1.5, 0.002
    machine.seconds.update({(1, "bf16", "fused"): 0.1, (1, "fp32", "plain"): 0.1})
    settings = Settings()
    chosen = chosen_by(machine, tmp_path, settings)
    assert chosen.settings.threads == 1
    assert chosen.most_threads == 2  # more may be faster when the others are done
    assert measured.find(tmp_path, settings, V) is None


def test_a_calm_answer_is_the_most_there_is_to_have(tmp_path):
    machine = usual()
    machine.seconds[1, "fp32", "fused"] = 0.005
    machine.seconds.update({(1, "bf16", "fused"): 0.1, (1, "fp32", "plain"): 0.1})
    assert chosen_by(machine, tmp_path, Settings()).most_threads == 1


def test_threads_are_no_matter_of_a_graphics_card_nor_attention_of_dropout(tmp_path):
    machine = Machine({(2, "fp32", "fused"): 0.02, (2, "bf16", "fused"): 0.01})
    chosen = chosen_by(machine, tmp_path, Settings(dropout=0.1), CARD)
    assert (chosen.settings.device, chosen.settings.precision) == ("cuda", "bf16")
    assert chosen.words == "bf16: fp32 was 0.5×"
    assert set(machine.steps) == set(machine.seconds)


def test_measuring_can_be_left_between_two_steps(tmp_path):
    machine = usual()
    work = choose(Settings(), V, CPU, tmp_path, machine.tools())
    next(work)
    work.close()
    assert sum(machine.steps.values()) <= 2
    assert not list(tmp_path.rglob("*.json"))


def test_the_speed_of_the_winner_is_kept_for_the_forecast(tmp_path):
    chosen_by(usual(), tmp_path, Settings())
    assert measured.find(tmp_path, Settings(), V).speed == pytest.approx(Scripted.flops / 0.010)


def test_the_real_tools_agree_with_each_other(tmp_path):
    settings = Settings(layers=1, heads=1, width=16, context=8, batch_size=2, device="cpu", threads=1)
    work = choose(settings, V, CPU, tmp_path)
    while True:
        try:
            assert next(work).task == "Measuring this machine"
        except StopIteration as end:
            chosen = end.value
            break
    assert chosen.settings.precision in ("fp32", "bf16")
    assert chosen.settings.attention in ("fused", "plain")
    assert chosen.peak > 0
    assert " was " in chosen.words
