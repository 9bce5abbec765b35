"""Nobody finds half a file: whatever goes wrong, there is the whole new one or what was there before."""

import errno
import os
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.aside import file_aside, folder_aside, require_free
from engine.trouble import Trouble


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def write_file(path: Path, words: str, overwrite: bool = False, error: BaseException | None = None) -> None:
    with file_aside(path, overwrite) as aside:
        aside.write_text(words)
        assert not path.exists() or path.read_text() != words
        if error:
            raise error


def write_folder(path: Path, words: str, overwrite: bool = False, error: BaseException | None = None) -> None:
    with folder_aside(path, overwrite) as aside:
        (aside / "a").write_text(words)
        if error:
            raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("no"), OSError(errno.ENOSPC, "No space")])
@pytest.mark.parametrize("write", [write_file, write_folder])
def test_what_fails_leaves_what_was_there(tmp_path, write, error):
    path = tmp_path / "deep" / "made"
    with pytest.raises(Trouble if isinstance(error, OSError) else type(error)) as raised:
        write(path, "new", error=error)
    assert not left(path.parent)
    if isinstance(error, OSError):
        assert "Make room" in raised.value.advice
    write(path, "old")
    with pytest.raises(Trouble if isinstance(error, OSError) else type(error)):
        write(path, "new", overwrite=True, error=error)
    assert left(path.parent) == {"made"}
    assert (path / "a" if path.is_dir() else path).read_text() == "old"


@pytest.mark.parametrize("write", [write_file, write_folder])
def test_it_is_replaced_only_where_that_was_said(tmp_path, write):
    path = tmp_path / "made"
    write(path, "old")
    with pytest.raises(Trouble, match="is there already"):
        write(path, "new")
    write(path, "new", overwrite=True)
    assert (path / "a" if path.is_dir() else path).read_text() == "new"
    assert left(tmp_path) == {"made"}


def test_a_folder_is_replaced_whole_and_another_of_a_like_name_stays(tmp_path):
    write_folder(tmp_path / "model.old", "of the person")
    with folder_aside(tmp_path / "model") as aside:
        (aside / "b").touch()
    write_folder(tmp_path / "model", "new", overwrite=True)
    assert left(tmp_path) == {"model", "model.old"}
    assert left(tmp_path / "model") == {"a"}


def test_the_old_folder_is_put_back_where_the_new_one_gets_no_name(tmp_path, monkeypatch):
    path, replace = tmp_path / "model", os.replace
    write_folder(path, "old")

    def refuse(source: Path, target: Path) -> None:
        if target == path and source.name.endswith(".aside"):
            raise PermissionError(errno.EACCES, "Permission denied")
        replace(source, target)

    monkeypatch.setattr("engine.aside.os.replace", refuse)
    with pytest.raises(Trouble, match="Permission denied"):
        write_folder(path, "new", overwrite=True)
    assert (path / "a").read_text() == "old"
    assert left(tmp_path) == {"model"}


def test_the_old_folder_is_put_back_where_it_is_called_off_in_between(tmp_path, monkeypatch):
    path, replace = tmp_path / "model", os.replace
    write_folder(path, "old")

    def interrupted(source: Path, target: Path) -> None:
        if target == path and source.name.endswith(".aside"):
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr("engine.aside.os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_folder(path, "new", overwrite=True)
    assert (path / "a").read_text() == "old"
    assert left(tmp_path) == {"model"}


@pytest.mark.parametrize("aside", [file_aside, folder_aside])
def test_two_at_once_keep_apart_and_the_second_does_not_replace_the_first(tmp_path, aside):
    path = tmp_path / "made"

    def both() -> None:
        with aside(path) as late:
            with aside(path) as early:
                assert early != late
                (early / "a" if early.is_dir() else early).write_text("early")
            (late / "a" if late.is_dir() else late).write_text("late")

    with pytest.raises(Trouble, match="is there already"):
        both()
    assert (path / "a" if path.is_dir() else path).read_text() == "early"
    assert left(tmp_path) == {"made"}


@pytest.mark.parametrize("write", [write_file, write_folder])
def test_what_a_person_keeps_under_the_name_of_what_is_aside_stays(tmp_path, write):
    for name in ("made.aside", "made.aside-old"):
        (tmp_path / name).write_text("mine")
    write(tmp_path / "made", "old")
    write(tmp_path / "made", "new", overwrite=True)
    assert left(tmp_path) == {"made", "made.aside", "made.aside-old"}
    assert (tmp_path / "made.aside").read_text() == (tmp_path / "made.aside-old").read_text() == "mine"


def test_a_file_never_replaces_a_folder(tmp_path):
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine").touch()
    with pytest.raises(Trouble, match="is a folder"):
        write_file(tmp_path / "made", "new", overwrite=True)
    assert left(tmp_path / "made") == {"mine"}


def test_a_file_that_another_program_holds_stays_and_is_said(tmp_path, monkeypatch):
    path = tmp_path / "held.pdf"
    write_file(path, "old")

    def refuse(*_: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("engine.aside.os.replace", refuse)
    with pytest.raises(Trouble) as raised:
        write_file(path, "new", overwrite=True)
    assert "program that has it open" in raised.value.advice
    assert path.read_text() == "old"
    assert left(tmp_path) == {"held.pdf"}


@pytest.mark.parametrize("name", ["a\0b", "x" * 300])
def test_a_name_that_cannot_be_is_said(tmp_path, name):
    with pytest.raises(Trouble, match="cannot be written"):
        write_file(tmp_path / name, "new")
    assert not left(tmp_path)


@pytest.mark.parametrize("name", ["x" * 250, "ö" * 120, "a b'$(c)\n.pdf", "\udcff.pdf"])
def test_any_name_that_a_file_can_have_will_do(tmp_path, name):
    write_file(tmp_path / name, "new")
    assert left(tmp_path) == {name}


def test_no_name_and_a_place_below_a_file_are_said(tmp_path):
    with pytest.raises(Trouble, match="no name"):
        require_free(Path(), overwrite=True)
    (tmp_path / "file").touch()
    with pytest.raises(Trouble, match="cannot be written"):
        write_file(tmp_path / "file" / "below", "new")


@contextmanager
def linked(tmp_path: Path):
    target = tmp_path / "far"
    target.write_text("far")
    (tmp_path / "link").symlink_to(target)
    yield tmp_path / "link"
    assert target.read_text() == "far"


def test_a_link_is_replaced_and_not_what_it_points_at(tmp_path):
    with linked(tmp_path) as link:
        with pytest.raises(Trouble, match="is there already"):
            write_file(link, "new")
        write_file(link, "new", overwrite=True)
        assert not link.is_symlink()
