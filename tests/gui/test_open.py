"""What `terrarium` opens: a text, a recorded run, or on the first visit the run that came along."""

from pathlib import Path

import pytest

from engine.folders import runs_folder
from engine.runfile import FILE_NAME
from gui.open import first_visit, run_meant


@pytest.fixture
def run(monkeypatch, tmp_path) -> Path:
    monkeypatch.setenv("TERRARIUM_HOME", str(tmp_path / "home"))
    folder = runs_folder() / "amber-heron"
    folder.mkdir(parents=True)
    (folder / FILE_NAME).touch()
    return folder


def test_a_run_is_meant_by_its_name_its_folder_or_where_it_lies(run):
    assert run_meant("amber-heron") == run.resolve()
    assert run_meant(str(run)) == run.resolve()


def test_a_text_or_nothing_is_no_run(run, tmp_path):
    (tmp_path / "mine.txt").write_text("once")
    assert run_meant(str(tmp_path / "mine.txt")) is None
    assert run_meant("stories") is None
    assert run_meant("no such thing\0") is None


def test_a_built_in_text_goes_before_a_run_of_its_name(run):
    run.rename(run.with_name("stories"))
    assert run_meant("stories") is None
    assert run_meant(str(run.with_name("stories"))) is not None


def test_the_first_visit_is_over_with_the_first_run(run):
    assert not first_visit()
    (run / FILE_NAME).unlink()
    run.rmdir()
    assert first_visit()
