"""What was measured: found again for the same run on the same machine, and never trusted when damaged."""

import subprocess
import sys
from pathlib import Path

import pytest

from engine import measured
from engine.measured import FOLDER, Measured
from engine.settings import Settings
from engine.size import step_flops

V = 1024


def made(settings: Settings, speed: float = 1e10, **changes: object) -> Measured:
    facts = {
        "machine": measured.machine(), "device": "CPU", "threads": 2, "precision": "fp32", "attention": "fused",
        "words": "", "peak": 1e11, "speed": speed, "flops": step_flops(settings, V),
    }  # fmt: skip
    return Measured(**{**facts, **changes})


def test_what_was_kept_is_found_for_the_same_run_only(tmp_path):
    settings = Settings()
    measured.keep(tmp_path, settings, V, made(settings))
    assert measured.find(tmp_path, settings, V) == made(settings)
    assert measured.find(tmp_path, settings, V + 1) is None
    assert measured.find(tmp_path, Settings(learning_rate=1e-3, seed=7), V) == made(settings)
    others = ({"width": 64}, {"batch_size": 8}, {"precision": "bf16"}, {"threads": 1}, {"dropout": 0.1})
    assert not any(measured.find(tmp_path, Settings(**change), V) for change in others)


def test_another_processor_or_torch_is_measured_anew(tmp_path, monkeypatch):
    measured.keep(tmp_path, Settings(), V, made(Settings()))
    monkeypatch.setattr(measured, "version", lambda name: "0.0.1")
    assert measured.find(tmp_path, Settings(), V) is None
    assert measured.nearest(tmp_path, Settings(), V) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"machine": "x"}'])
def test_a_damaged_file_counts_as_none(tmp_path, text):
    measured.keep(tmp_path, Settings(), V, made(Settings()))
    next((tmp_path / FOLDER).glob("*.json")).write_text(text)
    assert measured.find(tmp_path, Settings(), V) is None
    assert measured.nearest(tmp_path, Settings(), V) is None


@pytest.mark.parametrize("change", [("threads", 0), ("peak", -1.0), ("precision", "fp8"), ("flops", 0)])
def test_impossible_values_count_as_damage(tmp_path, change):
    whole = made(Settings()).model_copy(update=dict([change]))
    measured.keep(tmp_path, Settings(), V, whole)
    assert measured.find(tmp_path, Settings(), V) is None


def test_the_nearest_is_the_most_similar_that_was_timed(tmp_path):
    small, large, untimed = Settings(width=64), Settings(width=512), Settings(width=160)
    for settings, speed in ((small, 1e9), (large, 9e9), (untimed, 0.0)):
        measured.keep(tmp_path, settings, V, made(settings, speed))
    assert measured.nearest(tmp_path, Settings(width=96), V).speed == 1e9
    assert measured.nearest(tmp_path, Settings(width=480), V).speed == 9e9
    assert measured.nearest(tmp_path, untimed, V).speed == 1e9


def test_a_place_that_cannot_be_written_to_is_no_trouble_and_nothing_is_left_behind(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    measured.keep(tmp_path / "file", Settings(), V, made(Settings()))

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(measured.os, "replace", full)
    measured.keep(tmp_path, Settings(), V, made(Settings()))
    assert not list((tmp_path / FOLDER).iterdir())


def test_neither_presets_nor_measurements_load_torch():
    code = "import sys, engine.presets, engine.measured as m; m.machine(); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0


def test_threads_that_sleep_are_another_machine(monkeypatch):
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    spinning = measured.machine()
    monkeypatch.setenv("OMP_WAIT_POLICY", "PASSIVE")
    assert measured.machine() != spinning
