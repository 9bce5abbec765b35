"""The checkpoints of one run: when one is written, what it holds, which are kept, and the way back to one."""

import errno
import shutil
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from engine.checkpoints import FOLDER, LEFT, checkpoint_name, checkpoints, newest, step_of
from engine.corpus.part import Corpus
from engine.events import Event, Saved, Stalled, Warned
from engine.runfile.refusal import GONE
from engine.settings import Settings
from engine.training import checkpoint, milestones
from engine.training.choices import Chosen
from engine.training.learner import Learner
from engine.training.snapshot import restore, snapshot, sound
from engine.training.state import State, hash_of
from engine.trouble import Trouble


class Moment(NamedTuple):
    """What the trainer knows of the present and the learner does not."""

    settings: Settings
    time: float
    looking: float
    energy: float
    threads: int
    threads_automatic: bool

    @property
    def chosen(self) -> Settings:
        """As a person chose them: what the load of the machine has turned is nobody's choice."""
        return self.settings.model_copy(update={"threads": 0}) if self.threads_automatic else self.settings


class Saves:
    """Without a folder nothing is ever saved."""

    def __init__(self, run: Path | None, name: str, corpus: Corpus, learner: Learner, chosen: Chosen) -> None:
        self._run, self._name, self._corpus, self._learner, self._chosen = run, name, corpus, learner, chosen
        self._last: tuple[int, int | None, Settings] | None = None  # what the newest one holds
        self._there = False  # the folder was seen

    def begin(self) -> None:
        """Before anything is written: clear away what a killed writer left, and leave later checkpoints behind."""
        if self._run and (self._run / FOLDER).is_dir():
            self._there = True
            checkpoint.tidy(self._run / FOLDER)
            self._leave(self._learner.step)

    def due(self, settings: Settings) -> bool:
        """Whether the present step is to be saved."""
        return self._run is not None and milestones.due(self._learner.step, settings)

    def newest(self, at_most: int | None = None) -> int | None:
        """The step of the last checkpoint."""
        path = newest(self._run, at_most) if self._run else None
        return step_of(path) if path else None

    def keep(self, moment: Moment) -> Event | None:
        """Write the present step: Saved, or why not; None where nothing is to be saved."""
        if self._run is None:
            return None
        when = self._learner.step, moment.time
        tensors = snapshot(self._learner)
        if not sound(tensors):
            message = "The weights are no numbers any more, so they are not saved."
            return Warned(*when, message, "Go back to an earlier step.")
        folder = self._run / FOLDER / checkpoint_name(self._learner.step)
        holds = self._learner.step, self._learner.annealed_at, moment.settings
        if holds != self._last or not folder.is_dir():
            try:
                self._require_the_place()
                self.begin()
                checkpoint.write(folder, tensors, self._corpus.tokenizer.to_json(), self._state(moment))
            except OSError as error:
                return self._refused(when, error)
            except Trouble as trouble:
                return Stalled(*when, trouble.message, trouble.advice)
            self._last, self._there = holds, True
            self._clear(moment.settings)
        kept = moment.settings.milestones and milestones.is_milestone(self._learner.step)
        return Saved(*when, f"{FOLDER}/{folder.name}", int(kept))

    def go_back(self, step: int) -> State:
        """Restore the newest checkpoint at or before `step`; Trouble, and all stays as it is, where there is none."""
        path = newest(self._run, step) if self._run else None
        if path is None:
            raise Trouble(f"No checkpoint of step {step:,} or before is kept.", "Restart the run instead.")
        found = checkpoint.read(path)
        restore(self._learner, found.tensors, found.state)
        self._leave(found.state.step)
        self._last = None
        return found.state

    def _state(self, moment: Moment) -> State:
        learner, computing = self._learner, self._chosen.settings
        losses, norms = (tuple(spikes.last) for spikes in learner.spikes)
        return State(
            name=self._name,
            step=learner.step,
            seen=tuple(learner.seen_S.tolist()),
            last_batch=learner.last_batch,
            last_window=learner.last_window,
            tokens_seen=learner.tokens_seen,
            annealed_at=learner.annealed_at,
            time=moment.time,
            looking=moment.looking,
            energy=moment.energy,
            losses=losses,
            gradient_norms=norms,
            settings=moment.chosen,
            device=self._learner.device.type,
            precision=computing.precision,
            attention=computing.attention,
            threads=moment.threads,
            threads_automatic=moment.threads_automatic,
            peak=self._chosen.peak,
            chosen=self._chosen.words,
            seed=moment.settings.seed,
            corpus=self._corpus.fingerprint,
            tokenizer=hash_of(self._corpus.tokenizer.to_json()),
        )

    def _require_the_place(self) -> None:
        """Of a folder that was moved, or a drive that was unplugged, no other is made: it could not come back."""
        assert self._run is not None
        if self._there and not (self._run / FOLDER).is_dir():
            raise FileNotFoundError(errno.ENOENT, GONE[0])

    def _refused(self, when: tuple[int, float], error: OSError) -> Stalled:
        why = error.strerror or str(error)
        message = f"Step {when[0]:,} cannot be saved in {self._run}: {why}."
        mend = GONE[1] if error.errno == errno.ENOENT else "Free some space."
        return Stalled(*when, message, f"{mend} Then play on; what was saved before is intact.")

    def _leave(self, step: int) -> None:
        """Later checkpoints belong to a way that was left; they stay until the next one is safely there."""
        assert self._run is not None
        for later, path in reversed(checkpoints(self._run).items()):
            if later > step:
                left = path.with_name(checkpoint_name(later) + LEFT)
                shutil.rmtree(left, ignore_errors=True)
                try:
                    path.rename(left)
                except OSError as error:
                    raise Trouble(f"{path} cannot be put aside: {error}.", "Make the run folder writable.") from error

    def _clear(self, settings: Settings) -> None:
        """Remove what is kept no longer, now that the new one is safely there."""
        assert self._run is not None
        kept = checkpoints(self._run)
        for step in milestones.superfluous(kept, settings.milestones):
            with suppress(OSError):  # else next time
                kept[step].rename(f"{kept[step]}{LEFT}")  # a branch must not find half of it under its name
        for path in (self._run / FOLDER).glob(f"*{LEFT}"):
            shutil.rmtree(path, ignore_errors=True)
