"""What `terrarium` opens: a text, a recorded run, or on the first visit the run that came along."""

from pathlib import Path

import pytest

from engine.folders import runs_folder
from engine.runfile import FILE_NAME
from engine.settings import Settings
from engine.setup_file import Setup, save
from engine.trouble import Trouble
from gui.open import asked_about, first_visit, run_meant


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


def test_a_set_up_or_a_published_model_is_asked_about_before_it_begins(tmp_path):
    path = save(Setup(settings=Settings()), tmp_path / "mine")
    assert asked_about(path)
    path.write_text("{}")
    with pytest.raises(Trouble, match="no set-up of Terrarium"):
        asked_about(path)
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "config.json").write_text("{}")
    assert not asked_about(tmp_path / "model")
    (tmp_path / "model" / "model.safetensors").touch()
    assert asked_about(tmp_path / "model")
    (tmp_path / "mine.txt").write_text("once")
    assert not asked_about(tmp_path / "mine.txt")
