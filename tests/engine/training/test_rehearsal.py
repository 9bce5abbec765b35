"""Rehearsals: real steps in small, in the threads asked for."""

import torch

from engine.settings import Settings
from engine.training.device import Device
from engine.training.rehearsal import Rehearsal, cores_of_others, in_small, matrix_peak, thread_counts

CPU = Device(torch.device("cpu"), "CPU")


def test_a_rehearsal_makes_real_steps_in_the_threads_it_is_given():
    settings = Settings(layers=1, heads=1, width=16, context=8, batch_size=2, device="cpu", precision="fp32")
    for objective in ("causal", "masked", "infill"):
        rehearsal = Rehearsal(settings.model_copy(update={"objective": objective}), 50, CPU)
        assert rehearsal(1) > 0
        assert rehearsal._learner.step == 1
        assert torch.get_num_threads() == 1
    assert matrix_peak("fp32", 1, CPU) > 1e8


def test_a_large_run_is_rehearsed_in_small_and_a_small_one_as_it_is():
    small = Settings(micro_batches=2)
    assert in_small(small, 1024, 1e12) == small.model_copy(update={"batch_size": 12, "micro_batches": 1})
    huge = Settings(layers=24, heads=16, width=2048, context=1024, batch_size=64, compiled=True)
    cut = in_small(huge, 1024, 3e9)
    assert (cut.layers, cut.batch_size, cut.context, cut.compiled) == (2, 1, 64, False)
    assert cut.width // cut.heads == huge.width // huge.heads
    assert Settings(**cut.model_dump()) == cut  # still allowed


def test_thread_counts_begin_with_all_cores_and_are_different(monkeypatch):
    for cores, expected in ((1, [1]), (2, [2, 1]), (6, [6, 1, 2, 4]), (8, [8, 1, 2, 4])):
        monkeypatch.setattr("engine.training.rehearsal.usable_cores", lambda cores=cores: cores)
        assert thread_counts() == expected


def test_what_others_use_leaves_out_what_this_process_uses(monkeypatch):
    now = {"wall": 0.0, "mine": 0.0, "all": 0.0}

    class Times(tuple):
        idle, iowait, guest = 100.0, 5.0, 0.0

    monkeypatch.setattr("engine.training.rehearsal.perf_counter", lambda: now["wall"])
    monkeypatch.setattr("engine.training.rehearsal.process_time", lambda: now["mine"])
    monkeypatch.setattr("psutil.cpu_times", lambda: Times((100.0, 5.0, now["all"])))
    others = cores_of_others()
    now.update(wall=2.0, mine=1.5, all=4.5)
    assert others() == 1.5
