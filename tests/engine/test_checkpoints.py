"""Checkpoints by name and step: what a person may mean, and what is told where there is none."""

from pathlib import Path

import pytest

from engine.checkpoints import (
    FOLDER,
    checkpoint_meant,
    checkpoint_name,
    checkpoints,
    newest,
    run_folder,
    run_of,
    step_of,
)
from engine.folders import runs_folder
from engine.runfile import FILE_NAME
from engine.trouble import Trouble


def run_with(folder: Path, *steps: int) -> Path:
    for step in steps:
        (folder / FOLDER / checkpoint_name(step)).mkdir(parents=True)
    return folder


def test_names_are_in_the_order_of_steps():
    names = [checkpoint_name(step) for step in (0, 512, 1000, 999_999)]
    assert names == sorted(names)
    assert [step_of(Path(name)) for name in [*names, checkpoint_name(1_234_567)]] == [0, 512, 1000, 999_999, 1_234_567]


def test_the_newest_at_or_before_a_step(tmp_path):
    run = run_with(tmp_path, 2000, 1, 512, 1_234_567)
    assert list(checkpoints(run)) == [1, 512, 2000, 1_234_567]
    assert newest(run) == run / FOLDER / "step-1234567"
    assert newest(run, 1999) == run / FOLDER / "step-000512"
    assert newest(run, 0) is None
    assert newest(tmp_path / "nowhere") is None


def test_a_run_is_meant_by_its_name_its_folder_or_a_checkpoint():
    run = run_with(runs_folder() / "amber-heron", 3, 7)
    last = run / FOLDER / "step-000007"
    assert checkpoint_meant("amber-heron") == checkpoint_meant(str(run)) == checkpoint_meant(str(last)) == last
    assert checkpoint_meant(str(run / FOLDER / "step-000003")) == run / FOLDER / "step-000003"
    assert run_of(last) == run_folder("amber-heron") == run


def test_what_is_no_run_and_a_run_that_was_never_saved_are_told(tmp_path):
    with pytest.raises(Trouble, match="no run nowhere"):
        checkpoint_meant("nowhere")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / FILE_NAME).write_bytes(b"")
    with pytest.raises(Trouble, match="no checkpoint"):
        checkpoint_meant(str(tmp_path / "run"))
    (tmp_path / "step-000003").mkdir()
    with pytest.raises(Trouble, match="lies in no run"):
        checkpoint_meant(str(tmp_path / "step-000003"))


@pytest.mark.parametrize("place", ["x" * 5000, "~nobody-of-this-name/run", "step-000001" * 500])
def test_what_can_be_no_place_is_no_run(place: str) -> None:
    with pytest.raises(Trouble, match="There is no run"):
        checkpoint_meant(place)
