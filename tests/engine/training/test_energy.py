"""Joules: counters that turn over, pauses left out, and an estimate where nobody counts."""

from pathlib import Path

import pytest
import torch

from engine.training.energy import WATTS, WATTS_A_CORE, Counted, Drawn, Estimated, energy


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def domain(folder: Path, number: str, name: str, microjoules: int, highest: int = 9_999_999) -> Path:
    path = folder / f"intel-rapl:{number}"
    path.mkdir()
    (path / "name").write_text(f"{name}\n")
    (path / "max_energy_range_uj").write_text(f"{highest}\n")
    (path / "energy_uj").write_text(f"{microjoules}\n")
    return path


def test_packages_are_added_up_and_what_is_inside_them_is_not_counted_twice(tmp_path):
    paths = [domain(tmp_path, number, name, 0) for number, name in (("0", "package-0"), ("1", "package-1"))]
    domain(tmp_path, "0:0", "core", 0)
    counted = energy("cpu", tmp_path)
    assert isinstance(counted, Counted)
    assert counted.measured
    for path in tmp_path.iterdir():
        (path / "energy_uj").write_text("3000000")
    assert counted.spent(1e9) == pytest.approx(3.0 * len(paths))
    assert counted.spent(1e9) == 0.0


def test_a_counter_that_begins_anew_goes_on(tmp_path):
    path, clock = domain(tmp_path, "0", "package-0", 9_000_000), Clock()
    counted = Counted([path], clock)
    (path / "energy_uj").write_text("1000000")
    clock.now = 1.0
    assert counted.spent(1.0) == pytest.approx(2.0)


def test_a_pause_is_not_paid_for(tmp_path):
    path, clock = domain(tmp_path, "0", "package-0", 0), Clock()
    counted = Counted([path], clock)
    (path / "energy_uj").write_text("8000000")
    clock.now = 4.0
    assert counted.spent(1.0) == pytest.approx(2.0)  # one of four seconds was training


@pytest.mark.parametrize("broken", ["missing", "nonsense", "forbidden"])
def test_a_counter_that_cannot_be_read_gives_way_to_an_estimate(tmp_path, broken, monkeypatch):
    path = domain(tmp_path, "0", "package-0", 0)
    if broken == "missing":
        (path / "energy_uj").unlink()
    elif broken == "nonsense":
        (path / "energy_uj").write_text("?")
    else:
        monkeypatch.setattr(Path, "read_text", forbidden)
    assert isinstance(energy("cpu", tmp_path), Estimated)


def forbidden(self: Path, *_: object, **__: object) -> str:
    raise PermissionError(13, "Permission denied")


def test_without_counters_the_time_on_processor_cores_is_the_estimate(tmp_path):
    clock = Clock()
    estimate = Estimated("cpu", clock)
    clock.now = 3.0
    assert estimate.spent(2.0) == pytest.approx(3.0 * WATTS_A_CORE)
    assert estimate.spent(2.0) == 0.0
    assert not energy("cpu", tmp_path / "nowhere").measured


def test_a_card_is_asked_for_its_power(monkeypatch):
    monkeypatch.setattr(torch.cuda, "power_draw", lambda: 250_000)
    counted = energy("cuda")
    assert isinstance(counted, Drawn)
    assert counted.spent(2.0) == pytest.approx(500.0)


def test_a_card_that_does_not_tell_is_estimated(monkeypatch):
    def silent() -> int:
        raise ModuleNotFoundError("no library of the maker")

    monkeypatch.setattr(torch.cuda, "power_draw", silent)
    counted = energy("cuda")
    assert not counted.measured
    assert counted.spent(2.0) >= 2 * WATTS["cuda"]
