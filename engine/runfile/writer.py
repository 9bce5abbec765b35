"""The one writer of a run, off the training's path: `add` puts an event on a list, and a thread writes what waits.

It does so at most every FLUSH_SECONDS, so that a process that is killed loses no more than what happened in a quarter
of a second. A disk that is full, or a drive that was unplugged, is waited for while training goes on.
"""

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Condition, Thread
from time import perf_counter

from engine.annotations import Change
from engine.events import Diverged, EncodingUnsure, Ended, Event, Failed, Progressed, Rewound, Saved, Stepped
from engine.looks import ARRAYS
from engine.runfile.database import Database
from engine.runfile.refusal import ended, interrupted, may_pass
from engine.trouble import Trouble

FLUSH_SECONDS = 0.2  # between two transactions; with the writing itself a quarter of a second
SAFE_SECONDS = 1.0  # where each takes a drive of the network some time
RETRY_SECONDS = 3.0  # until a disk that has refused is asked again
BEGINS = (Stepped, Saved)  # before these there is nothing to keep
AT_ONCE = (Saved, Rewound, Failed, Diverged, EncodingUnsure, Ended)  # a checkpoint and the record go together
MOST_EVENTS, MOST_BYTES = 250_000, 2**28  # that wait for a disk; some 100 MB of the small ones
PATIENCE = 30.0  # seconds that training waits for a disk that is slow
CLOSE_SECONDS = 60.0  # for one that does not answer at the end

GOES_ON = Trouble("The run is being recorded again.", "What happened meanwhile is recorded too.")


class RunFile:
    """Nothing touches the disk before the first step: opening a window leaves no litter."""

    def __init__(self, folder: Path, go_on: bool = False, group: str = "") -> None:
        """With `go_on`, a run that lies there already is added to, and from now on nobody else may. Raises Trouble."""
        self.folder = folder
        self.trouble: Trouble | None = None  # why nothing can be recorded just now
        self._go_on = go_on
        self._database = Database(folder, group)
        self._changed = Condition()
        self._waiting: list[Event] = []
        self._heavy = 0  # bytes of the arrays that wait
        self._changes: list[Change] = []
        self._added = self._kept = 0  # events so far: told, and on disk
        self._news: list[Trouble] = []
        self._refusal: Trouble | None = None  # why recording has ended
        self._said = self._stepped = self._urgent = self._closing = False
        self._thread: Thread | None = None
        if go_on and folder.is_dir():
            self._keep_others_away()

    @property
    def recorded(self) -> int:
        """The number of the last event that is on disk for good."""
        return self._database.written

    def add(self, event: Event) -> None:
        """Takes no time. Raises Trouble once, when recording has ended; what comes then is not kept."""
        if isinstance(event, Progressed):
            return
        with self._changed:
            self._require_room()
            if self._closing:
                return
            self._waiting.append(event)
            self._added += 1
            if arrays := ARRAYS.get(type(event)):
                self._heavy += sum(getattr(event, name).nbytes for name in arrays)
            if not self._stepped and isinstance(event, BEGINS):
                self._stepped = True
                self._begin()
            self._urgent = self._urgent or isinstance(event, AT_ONCE)
            if self._urgent or len(self._waiting) == 1:
                self._changed.notify_all()

    def annotate(self, change: Change) -> None:
        """Made at once, or with the first step of a new run. Raises Trouble when recording has ended."""
        with self._changed:
            if self._closing:
                raise Trouble("The run is not being recorded any more.", "Try again: it can be written on now.")
            self._changes.append(change)
            self._urgent = True
            if self._go_on and self._database.path.exists():
                self._begin()
            self._changed.notify_all()

    def news(self) -> list[Trouble]:
        """What a person should know about the recording and was not told yet."""
        if not self._news:
            return []
        with self._changed:
            told, self._news = self._news, []
            return told

    def flush(self) -> bool:
        """Wait until all that was added is on disk, though not for a disk that refuses; says whether it is."""
        with self._changed:
            self._urgent = True
            self._changed.notify_all()
            if self._thread:
                self._changed.wait_for(self._settled, PATIENCE)
            return self._kept == self._added and not self._changes

    def close(self) -> None:
        """Write what waits and leave one clean file. Raises Trouble where something is lost and was not said yet."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread:
            self._thread.join(CLOSE_SECONDS)
            if self._thread.is_alive():
                self._refuse(TimeoutError("the drive does not answer"))
        else:
            self._database.leave()
        with self._changed:
            self._say_refusal()

    # by whoever adds

    def _keep_others_away(self) -> None:
        try:
            self._database.hold()
        except OSError:
            return  # said when there is something to record

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._work, name="recorder", daemon=True)
            self._thread.start()

    def _require_room(self) -> None:
        """Wait for a slow disk. One that is dead, or that is full until the memory would be, ends the recording."""
        self._say_refusal()
        if self._has_room() or self._closing or not self._thread:
            return
        patience = 0 if self.trouble else PATIENCE
        if not self._changed.wait_for(lambda: self._closing or self._has_room(), patience):
            self._closing = True
            self._changed.notify_all()
            words = f"Recording has ended: {len(self._waiting):,} events wait for a disk that takes none."
            self._refusal = Trouble(words, "Free some space or mend the drive, and go on from the last checkpoint.")
        self._say_refusal()

    def _has_room(self) -> bool:
        return len(self._waiting) < MOST_EVENTS and self._heavy < MOST_BYTES

    def _settled(self) -> bool:
        done = not self._changes and (self._kept == self._added or not self._stepped)
        return done or self._closing or self.trouble is not None

    def _say_refusal(self) -> None:
        if self._refusal and not self._said:
            self._said = True
            raise self._refusal

    # in the thread that writes

    def _work(self) -> None:
        try:
            self._database.open(self._go_on)
            self._tell_of_the_place()
            while self._take_turn():
                pass
            self._database.finish()
        except Exception as error:  # the fence of this thread: training goes on
            self._refuse(error)
        finally:
            self._database.leave()
            with self._changed:
                self._closing = True
                self._changed.notify_all()

    def _tell_of_the_place(self) -> None:
        if self._database.unsafe:
            advice = "It is recorded there more slowly and more safely; a disk of this computer is better."
            self._tell(Trouble(f"The run's folder {self._database.unsafe}.", advice))

    def _take_turn(self) -> bool:
        """Write what waits, and rest; says whether there may be more."""
        with self._changed:
            self._changed.wait_for(lambda: self._due() or self._changes or self._closing)
            began, events, changes = perf_counter(), self._due(), tuple(self._changes)
            if events:
                self._waiting, self._heavy = [], 0
            self._urgent = False
            self._changed.notify_all()
        if not events and not changes:
            return False
        self._insist(partial(self._database.add, events, self.recorded), len(events))
        for change in changes:
            self._change(change)
        self._database.pack()
        self._rest_until(began + (SAFE_SECONDS if self._database.unsafe else FLUSH_SECONDS))
        return True

    def _change(self, change: Change) -> None:
        """One that no file can hold is told, and disturbs no other."""
        try:
            self._insist(partial(self._database.change, change))
        except Exception as error:
            if may_pass(error):
                raise
            self._tell(Trouble(f"It cannot be written on the run: {error}.", "Try it with other words."))
        with self._changed:
            self._changes.remove(change)
            self._changed.notify_all()

    def _due(self) -> list[Event]:
        return self._waiting if self._stepped else []

    def _insist(self, work: Callable[[], None], events: int = 0) -> None:
        """Until it is done: a full disk gets room, and a drive comes back."""
        while True:
            last = self._closing
            try:
                work()
                return self._done(events)
            except (OSError, sqlite3.Error) as error:
                if last or not may_pass(error):
                    raise
                self._wait_for_better(error)

    def _done(self, events: int) -> None:
        with self._changed:
            self._kept += events
            if self.trouble:
                self.trouble = None
                self._news.append(GOES_ON)
            self._changed.notify_all()

    def _wait_for_better(self, error: Exception) -> None:
        with self._changed:
            if not self.trouble:
                self.trouble = interrupted(error)
                self._news.append(self.trouble)
                self._changed.notify_all()
            self._changed.wait_for(lambda: self._closing, RETRY_SECONDS)

    def _rest_until(self, due: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._urgent or self._closing, max(0.0, due - perf_counter()))

    def _tell(self, news: Trouble) -> None:
        with self._changed:
            self._news.append(news)

    def _refuse(self, error: Exception) -> None:
        with self._changed:
            missing = self._added - self._kept if self._kept else 0
            self._refusal = self._refusal or ended(self.folder, error, missing)
