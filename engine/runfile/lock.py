"""One writer a run: a lock that lies beside the run file and that the system releases when its holder dies."""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from engine.runfile.schema import FILE_NAME
from engine.trouble import Trouble

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_NAME = "run.lock"
PATIENCE = 0.5  # seconds; whoever only asks holds it for less than that
NO_LOCKS = (errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK)  # file systems that have none
LEFT_OPEN = f"{FILE_NAME}-wal"  # lies there while a run is written


class Lock:
    """Held until it is released, or until the process ends."""

    def __init__(self, held: "BaseFileLock") -> None:
        self._held = held

    def release(self) -> None:
        """Leaves no file behind. POSIX: gone while it is held, so nobody finds one that is held no more."""
        if not self._held.is_locked:
            return
        path = Path(self._held.lock_file)
        if sys.platform != "win32":
            with suppress(OSError):
                path.unlink(missing_ok=True)
        with suppress(OSError):  # of a drive that was unplugged
            self._held.release()
        with suppress(OSError):  # Windows: refused while another has it open, which is right
            if sys.platform == "win32":
                path.unlink(missing_ok=True)


def hold(folder: Path) -> Lock:
    """The one writer's lock. Trouble where another has it; OSError where the folder is not, or not to be written to."""
    os.stat(folder)  # else it would be made
    lock = _lock(folder)
    if not _acquired(lock, PATIENCE):
        raise Trouble(
            f"The run in {folder} is being recorded by another window or by a `terrarium train`.",
            "Watch it here while it trains there, or end it there first.",
        )
    return Lock(lock)


def locked(folder: Path) -> bool:
    """Whether somebody records this run now. Cheap for all others, which have no such file."""
    if not os.path.lexists(folder / LOCK_NAME):
        return False
    lock = _lock(folder)
    try:
        if not _acquired(lock, 0):
            return True
    except OSError as error:  # not ours to open; nobody writes on read-only media
        return error.errno != errno.EROFS and os.path.lexists(folder / LEFT_OPEN)
    Lock(lock).release()  # was left by one that was killed
    return False


def _lock(folder: Path) -> "BaseFileLock":
    from filelock import FileLock  # loaded when it is needed: it takes longer than all else here

    return FileLock(folder / LOCK_NAME, thread_local=False, fallback_to_soft=False)


def _acquired(lock: "BaseFileLock", patience: float) -> bool:
    """Where the file system knows no locks, everybody gets one."""
    from filelock import Timeout

    try:
        lock.acquire(timeout=patience, poll_interval=0.02)
    except Timeout:
        return False
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
    return True
