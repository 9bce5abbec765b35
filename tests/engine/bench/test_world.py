"""The figures of the built-in texts: one row each, and no more nats a byte than a character."""

from engine.bench.world import world
from engine.corpus.world.telling import WRITERS


def test_each_text_has_its_figures() -> None:
    rows = world(0.02, 1)["rows"]
    assert [row["text"] for row in rows] == list(WRITERS)
    for row in rows:
        assert row["copies"] == 0
        assert 0 < row["per_byte"] <= row["per_character"] < 1
        assert abs(float(row["above_exact"])) < 0.05
    assert rows[-1]["per_byte"] < rows[-1]["per_character"]
