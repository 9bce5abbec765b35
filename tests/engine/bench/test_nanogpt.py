"""The race: its arithmetic by hand, its clocks, and that the sides are what they are called."""

import numpy as np
import pytest

from engine.bench import nanogpt, throughput
from engine.bench.figures import table
from engine.bench.nanogpt import FAST, LONG, PLAIN, REPLICA, Side, loss, middle, ratio
from engine.bench.shakespeare import Text
from engine.presets import PRESETS
from engine.settings import Settings
from engine.size import parameters

VOCABULARY = 65


def rounds() -> list[dict[str, dict[str, float]]]:
    times = (80.0, 2.0), (90.0, 3.0), (100.0, 2.0)
    return [{REPLICA: {"seconds": slow, "loss": 1.9}, FAST: {"seconds": quick, "loss": 1.8}} for slow, quick in times]


def test_ratios_are_medians_of_rounds_and_not_ratios_of_medians():
    assert ratio(rounds(), FAST, "seconds") == 40.0  # of 40, 30 and 50
    assert middle(rounds(), REPLICA, "seconds") == 90.0
    assert loss(rounds(), FAST) == 1.8


def test_the_sides_are_what_their_names_say():
    replica, plain = (PRESETS[name] for name in (REPLICA, PLAIN))
    assert (replica.horizon, parameters(replica, VOCABULARY)) == (2000, 804_096)
    assert plain.n_grams == 1
    assert parameters(plain, VOCABULARY) <= parameters(replica, VOCABULARY)
    windows = 1_003_854 // PRESETS[LONG].context
    assert PRESETS[LONG].horizon * PRESETS[LONG].batch_size <= windows  # it reads no character twice


def test_a_side_trains_to_a_share_of_its_horizon_and_counts_its_time(monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr(nanogpt, "perf_counter", lambda: float(next(clock)))
    monkeypatch.setattr(nanogpt, "process_time", lambda: 0.0)
    text = Text(np.arange(2000, dtype=np.uint16) % 9, np.arange(200, dtype=np.uint16) % 9, 9)
    settings = Settings(
        layers=1, heads=2, width=16, context=16, batch_size=2, horizon=7, precision="fp32", attention="fused"
    )
    one = Side(settings, text)
    assert (one.seconds, one.learner.step) == (1.0, 0)
    one.train(0.5)
    assert (one.seconds, one.learner.step) == (2.0, 4)
    one.train()
    assert (one.seconds, one.learner.step) == (3.0, 7)


@pytest.mark.parametrize(("size", "millions"), [("0.8M", 0.8), ("10M", 10), ("30M", 30)])
def test_the_sizes_of_the_speed_table_are_what_they_are_called(size, millions):
    for changes in throughput.SIDES.values():
        layers, heads, width, context, _ = throughput.SIZES[size]
        shape = {"layers": layers, "heads": heads, "width": width, "context": context, **changes}
        assert parameters(Settings(**shape), throughput.VOCABULARY) == pytest.approx(1e6 * millions, rel=0.1)


def test_a_row_compares_with_the_replica_of_the_same_round():
    replica, modern, _ = throughput.SIDES
    turns = {
        replica: [throughput.Turn(100.0, 0.1), throughput.Turn(50.0, 0.1)],
        modern: [throughput.Turn(200.0, 0.02), throughput.Turn(100.0, 0.04)],
    }
    made = throughput.row("0.8M", modern, PRESETS[REPLICA], turns, {"fp32": [1e12, 1e12]})
    assert made["of_replica"] == 2.0
    assert made["tokens_per_s"] == 150
    assert made["outside"] == 0.03


def test_a_table_has_columns_as_wide_as_their_widest_cell():
    assert table([{"name": "a", "n": 10}, {"name": "longer", "n": 2}]) == "  name   n\n     a  10\nlonger   2"
