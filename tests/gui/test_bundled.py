"""The recorded runs that come with the program are found, and stay as they are."""

import pytest

from engine import checkpoints as module
from engine.runfile import FILE_NAME, Reader
from engine.settings import Settings
from engine.trouble import Trouble
from gui.bundled import all_bundled, bundled, is_bundled
from gui.session import Session


def test_the_first_of_them_is_taken_and_what_is_no_run_is_none(tmp_path, monkeypatch):
    for name in ("b", "a", "0"):
        (tmp_path / "recordings" / name).mkdir(parents=True)
    for name in ("b", "a"):
        (tmp_path / "recordings" / name / FILE_NAME).touch()
    monkeypatch.setattr(module, "files", lambda package: tmp_path)
    assert bundled() == tmp_path / "recordings" / "a"
    assert is_bundled(tmp_path / "recordings" / "b")
    assert not is_bundled(tmp_path)


def test_without_any_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "files", lambda package: tmp_path)
    with pytest.raises(Trouble, match="no recorded run"):
        bundled()


def test_the_one_that_comes_along_is_whole_and_small():
    (folder,) = all_bundled()
    reader = Reader(folder)
    assert reader.warnings == ()
    assert reader.recording().last_step > 500
    assert (folder / FILE_NAME).stat().st_size < 8_000_000
    reader.close()


def test_nothing_is_written_on_it():
    session = Session(lambda settings: pytest.fail("no run is wanted"), Settings())
    session.open(bundled())
    before = (bundled() / FILE_NAME).read_bytes()
    with pytest.raises(Trouble, match="stays as it is"):
        session.note(10, "mine")
    session.main.forget()
    assert (bundled() / FILE_NAME).read_bytes() == before
