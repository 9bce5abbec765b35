"""Which files make up a log, told by how they begin and where they lie."""

from pathlib import Path

import numpy as np
import pytest

from engine.logs import event_file
from engine.logs.numbers import Numbers
from engine.logs.reading import name_of, read_log
from engine.trouble import Trouble
from tests.engine.logs.given import columns, read


def events(path: Path, name: str, steps: list[int], begun: float = 1e9) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    column = np.array(steps, dtype=float)
    for _ in event_file.write([Numbers(column, column, {name: column * 2})], [], path, begun):
        pass
    return path


def test_several_event_files_are_one_run_in_the_order_they_were_begun(tmp_path: Path) -> None:
    events(tmp_path / "events.out.tfevents.1", "loss", [5, 6], begun=2e9)
    events(tmp_path / "events.out.tfevents.2", "loss", [1, 2], begun=1e9)
    assert read(tmp_path).series["loss"].steps.tolist() == [1, 2, 5, 6]


def test_training_and_validation_in_folders_of_their_own_are_one_run(tmp_path: Path) -> None:
    events(tmp_path / "train" / "events.out.tfevents.1", "epoch_loss", [1, 2])
    events(tmp_path / "validation" / "events.out.tfevents.1", "epoch_loss", [2])
    assert columns(read(tmp_path)) == {"train/epoch_loss": {1: 2, 2: 4}, "validation/epoch_loss": {2: 4}}


def test_a_folder_of_several_runs_asks_for_one(tmp_path: Path) -> None:
    for name in ("first", "second"):
        events(tmp_path / name / "events.out.tfevents.1", "loss", [1])
    with pytest.raises(Trouble, match=r"first, second.*Choose the folder of one run"):
        read(tmp_path)
    assert columns(read(tmp_path / "first")) == {"loss": {1: 2}}


def test_a_folder_around_one_run_is_that_run(tmp_path: Path) -> None:
    events(tmp_path / "lightning" / "events.out.tfevents.1", "loss", [1])
    assert columns(read(tmp_path)) == {"loss": {1: 2}}


def test_a_folder_with_one_table_is_that_table(tmp_path: Path) -> None:
    (tmp_path / "metrics.csv").write_text("step,loss\n1,2\n")
    (tmp_path / "hparams.yaml").write_text("width: 3")
    assert columns(read(tmp_path)) == {"loss": {1: 2}}
    (tmp_path / "other.csv").write_text("step,loss\n1,2\n")
    with pytest.raises(Trouble, match=r"metrics.csv, other.csv"):
        read(tmp_path)


def test_a_kind_is_told_by_how_a_file_begins(tmp_path: Path) -> None:
    assert columns(read(events(tmp_path / "renamed.csv", "loss", [1]))) == {"loss": {1: 2}}
    (tmp_path / "a.txt").write_text('\n {"step": 1, "loss": 2}\n')
    assert columns(read(tmp_path / "a.txt")) == {"loss": {1: 2}}


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "empty"), (b"SQLite format 3\0abc", "database"), (b"\0" * 50, "no numbers")]
)
def test_what_is_no_log_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(Trouble, match=words):
        read(tmp_path / "a")


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no file"):
        read(tmp_path / "gone")
    with pytest.raises(Trouble, match="no log"):
        read(tmp_path)


def test_a_run_is_called_after_what_says_most(tmp_path: Path) -> None:
    made = events(tmp_path / "quiet-river" / "events.out.tfevents.1", "loss", [1])
    assert name_of(made) == name_of(made.parent) == "quiet-river"
    table = tmp_path / "quiet-river" / "sweep 3.csv"
    table.touch()
    assert name_of(table) == "sweep 3"
    assert name_of(table.rename(table.with_name("metrics.csv"))) == "quiet-river"


def test_shares_rise_to_one(tmp_path: Path) -> None:
    for part in range(3):
        events(tmp_path / f"events.out.tfevents.{part}", "loss", [part])
    shares = list(read_log(tmp_path))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
