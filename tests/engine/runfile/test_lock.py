"""One writer a run: the second is refused, whoever is killed leaves no trouble, and asking changes nothing."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.runfile import lock
from engine.runfile.lock import LEFT_OPEN, LOCK_NAME, hold, locked
from engine.trouble import Trouble

ROOT = Path(__file__).parents[3]
HOLDER = """
import sys
from pathlib import Path
from engine.runfile.lock import hold
held = hold(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.0)


def refusing(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)


def test_one_holds_it_and_leaves_nothing(tmp_path):
    assert not locked(tmp_path)
    first = hold(tmp_path)
    assert locked(tmp_path)
    with pytest.raises(Trouble, match="being recorded by another"):
        hold(tmp_path)
    first.release()
    first.release()
    assert not locked(tmp_path)
    assert not list(tmp_path.iterdir())
    hold(tmp_path).release()


def test_asking_takes_it_from_nobody(tmp_path):
    held = hold(tmp_path)
    assert all(locked(tmp_path) for _ in range(3))
    with pytest.raises(Trouble):
        hold(tmp_path)
    held.release()


def test_a_process_that_is_killed_holds_nothing(tmp_path):
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline().strip() == b"held"
        assert locked(tmp_path)
        process.kill()
        process.wait()
        assert (tmp_path / LOCK_NAME).exists()
        assert not locked(tmp_path)
        assert not (tmp_path / LOCK_NAME).exists()
        hold(tmp_path).release()


def test_on_a_medium_that_is_read_only_nobody_writes(tmp_path, monkeypatch):
    (tmp_path / LOCK_NAME).touch()
    (tmp_path / LEFT_OPEN).touch()
    refusing(monkeypatch, errno.EROFS)
    assert not locked(tmp_path)
    with pytest.raises(OSError, match="Read-only"):
        hold(tmp_path)


@pytest.mark.parametrize("written", [True, False])
def test_the_lock_of_another_person_counts_while_there_is_a_log(tmp_path, monkeypatch, written):
    (tmp_path / LOCK_NAME).touch()
    if written:
        (tmp_path / LEFT_OPEN).touch()
    refusing(monkeypatch, errno.EACCES)
    assert locked(tmp_path) is written


def test_where_the_file_system_has_no_locks_nobody_is_kept_away(tmp_path, monkeypatch):
    refusing(monkeypatch, errno.ENOSYS)
    hold(tmp_path).release()
    (tmp_path / LOCK_NAME).touch()
    assert not locked(tmp_path)


def test_it_is_not_loaded_before_it_is_needed():
    code = "import engine.runfile, sys; sys.exit('filelock' in sys.modules or 'psutil' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
