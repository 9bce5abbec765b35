"""`terrarium train`: the same training without a window."""

import sys
from argparse import ArgumentError, ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import fields
from functools import partial
from json import dumps
from math import isfinite
from pathlib import Path
from shlex import quote
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
import tyro

from engine.bar import Bar
from engine.branch import branched, changed, kept_at, settings_at
from engine.checkpoints import FOLDER, TEXT_CHANGED, checkpoint_meant, newest, run_folder, run_of, step_of
from engine.commands import Command, Play, Stop
from engine.events import CorpusRead, Event, Failed, Finished, Stalled, Stepped, Warned
from engine.folders import cache_folder, new_run_folder, runs_folder
from engine.interruption import Interruption
from engine.mailbox import Mailbox
from engine.player import Trainer
from engine.presets import PRESETS, forecast_words, sized
from engine.repeat import Commands, Script, script_of
from engine.run import drive
from engine.runfile import FILE_NAME, RunFile, read_events
from engine.settings import Settings
from engine.trouble import Trouble

Report = Callable[[Event], None]
DEFAULTS = Settings()
NOTHING: Commands = MappingProxyType({})


def train(
    settings: tyro.conf.OmitArgPrefixes[Settings] = DEFAULTS,
    preset: Annotated[str | None, tyro.conf.arg(help=f"Known good settings: {', '.join(PRESETS)}")] = None,
    size: Annotated[float | None, tyro.conf.arg(help="Million parameters: sets all that goes with the size")] = None,
    steps: Annotated[int | None, tyro.conf.arg(help="Step to stop at; the horizon if left out")] = None,
    out: Annotated[Path | None, tyro.conf.arg(help="Folder of the run; one with a new name if left out")] = None,
    resume: Annotated[str | None, tyro.conf.arg(help="Go on with this run: its name, folder or checkpoint")] = None,
    changed_text: Annotated[
        Literal["refuse", "go-on"], tyro.conf.arg(help="What to do when the text of a resumed run has changed")
    ] = "refuse",
    branch: Annotated[
        str | None, tyro.conf.arg(help="Begin a run of its own from this one: its name or folder")
    ] = None,
    at: Annotated[int | None, tyro.conf.arg(help="Kept step of that run to branch from; the last if left out")] = None,
    repeat: Annotated[str | None, tyro.conf.arg(help="Do again what was done in this run: its name or folder")] = None,
    setup: Annotated[Path | None, tyro.conf.arg(help="Begin as this set-up file says: a .terrarium.json")] = None,
    json: Annotated[bool, tyro.conf.arg(help="Print one JSON line an event")] = False,
) -> int:
    """Pre-train a model without a window. Exit code: 0 at the last step, 1 when it failed, 130 when interrupted."""
    del preset, size  # `train_command` has made them the defaults of `settings`
    if steps is not None and steps < 1:
        raise Trouble(f"--steps {steps} asks for no step.", "Choose 1 or more.")
    if at is not None and not branch:
        raise Trouble("--at is a step of another run, and there is none.", "Name that run with --branch.")
    require_one_beginning(branch, resume or repeat, setup)
    if branch:
        return carry_out(branch_plan(kept_at(run_folder(branch), at), settings, out or new_run_folder(), steps), json)
    if (resume or repeat) and (settings != DEFAULTS or (resume and (repeat or out))):
        raise Trouble("A run that goes on or is repeated keeps its settings.", "Leave the other options out.")
    if resume:
        try:
            return carry_out(resumed(resume, steps, changed_text), json)
        except Trouble as trouble:
            raise in_a_terminal(trouble) from trouble
    script = script_of(read_events(run_folder(repeat))) if repeat else Script(settings, settings.horizon, {})
    if not repeat:
        print(forecast_words(settings, cache_folder()), file=sys.stderr)
    return carry_out(new(script, out or new_run_folder(), steps), json)


def require_one_beginning(branch: str | None, before: str | None, setup: Path | None) -> None:
    """Trouble where two are asked for; `before` is a run that goes on or is repeated."""
    if setup and (branch or before):
        raise Trouble("A set-up begins a run of its own.", "Leave --branch, --resume and --repeat out.")
    if branch and before:
        raise Trouble("A run is branched with --branch RUN and --at STEP, and nothing else.", "Leave the others out.")


def in_a_terminal(trouble: Trouble) -> Trouble:
    """What a window has a button for is an option here."""
    if trouble.message != TEXT_CHANGED:
        return trouble
    return Trouble(trouble.message, f"{trouble.advice} That takes --changed-text go-on.")


def train_command(words: Sequence[str]) -> Callable[..., int]:
    """`train` with the defaults that preset, size or branch in `words` give: every other option still counts."""
    first = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    for option, kind in (("preset", str), ("size", float), ("branch", str), ("at", int), ("setup", Path)):
        first.add_argument(f"--{option}", type=kind)
    try:
        known, _ = first.parse_known_args(words)
    except ArgumentError:
        return train  # which says what is wrong
    if known.branch is not None:
        if known.preset is not None or known.size is not None:
            raise Trouble("A branch begins with the settings of its parent.", "Leave --preset and --size out.")
        return partial(train, settings=settings_at(kept_at(run_folder(known.branch), known.at)))
    if known.setup is not None:
        return as_set_up(known.setup, words, known.preset is not None or known.size is not None)
    if known.preset is not None and known.preset not in PRESETS:
        raise Trouble(f"There is no preset {known.preset}.", f"Choose one of {', '.join(PRESETS)}.")
    settings = PRESETS[known.preset or "default"]
    return partial(train, settings=settings if known.size is None else sized(settings, known.size))


def as_set_up(path: Path, words: Sequence[str], more: bool) -> Callable[..., int]:
    """`train` with what a set-up file says; `more` if a preset or size is asked for, too."""
    if more:
        raise Trouble("A set-up says all that a preset or size would.", "Leave --preset and --size out.")
    from engine.setup_command import restored  # seldom needed

    setup = restored(path, others=any(word.partition("=")[0] == "--corpus" for word in words))
    return partial(train, settings=setup.settings, steps=setup.stop_at)


class Plan(NamedTuple):
    """One call of `train`: what trains, where it is written, and how far."""

    trainer: Trainer
    file: RunFile
    steps: int
    commands: Commands
    text: CorpusRead | None = None  # that must be read again


def new(script: Script, folder: Path, steps: int | None) -> Plan:
    """A run of its own. Trouble where one lies already."""
    from engine.training.trainer import Trainer as RealTrainer

    try:
        taken = [folder / there for there in (FILE_NAME, FOLDER) if (folder / there).exists()]
    except OSError as error:
        raise Trouble(f"There can be no run in {folder}: {error.strerror}.", "Choose another --out.") from error
    if folder.exists() and not folder.is_dir():
        raise Trouble(f"{folder} is a file.", "Choose a folder for the run: --out my-run.")
    if taken:
        raise Trouble(f"There is a run in {folder} already.", "Choose another --out; runs are never written over.")
    trainer = RealTrainer(script.settings, folder.resolve().name, cache_folder(), folder)
    return Plan(trainer, RunFile(folder), steps or script.steps, script.commands, script.text)


def resumed(place: str, steps: int | None, changed_text: Literal["refuse", "go-on"]) -> Plan:
    """A run that goes on in its own folder. Trouble where there is nothing left to do."""
    from engine.training.checkpoint import read
    from engine.training.schedule import last_step
    from engine.training.trainer import Trainer as RealTrainer

    checkpoint = checkpoint_meant(place)
    folder = run_of(checkpoint)
    try:
        state = read(checkpoint).state
    except Trouble as trouble:
        raise Trouble(trouble.message, earlier(checkpoint)) from trouble
    steps = steps or last_step(state.settings, state.annealed_at)
    if steps <= state.step:
        raise Trouble(f"{state.name} is at step {state.step:,} already.", "Choose more --steps.")
    trainer = RealTrainer(state.settings, state.name, cache_folder(), folder, checkpoint, changed_text)
    return Plan(trainer, RunFile(folder, go_on=True), steps, {})


def branch_plan(kept: Path, settings: Settings, folder: Path, steps: int | None) -> Plan:
    """A run of its own that goes on from a checkpoint of another. Trouble where there is nothing left to do."""
    from engine.training.checkpoint import read_state
    from engine.training.schedule import last_step

    state = read_state(kept)
    steps = steps or last_step(settings, state.annealed_at)
    if steps <= state.step:
        raise Trouble(f"The branch begins at step {state.step:,} already.", "Choose more --steps, or another horizon.")
    changes = {name: getattr(settings, name) for name in changed(state.settings, settings)}
    return resumed(str(branched(run_of(kept), state.step, folder, changes)), steps, "refuse")


def earlier(damaged: Path) -> str:
    """What to do about a checkpoint that cannot be read."""
    found = newest(run_of(damaged), at_most=step_of(damaged) - 1)
    return f"There is an earlier one: --resume {quote(str(found))}." if found else "No earlier one is kept."


def carry_out(plan: Plan, json: bool) -> int:
    """Train, and say where it is. The exit code."""
    folder = plan.file.folder
    if json:
        code = record(plan, json_lines)
    else:
        with closing(Bar(plan.steps)) as bar:  # whatever happens, the next words begin a new line
            code = record(plan, bar)
    saved = newest(folder)
    if not json or code:
        there = saved or (folder / FILE_NAME).exists()
        print(f"The run is in {folder}" if there else "Nothing was recorded.", file=sys.stderr)
    if code and saved:
        known = folder.name if folder.resolve().parent == runs_folder().resolve() else folder
        how = f"{called()} train --resume {quote(str(known))} --steps {plan.steps}"
        print(f"Step {step_of(saved):,} is saved. To go on: {how}", file=sys.stderr)
    return code


def called() -> str:
    """How this program was started, so that its next command can be copied."""
    program = Path(sys.argv[0])
    return quote(sys.argv[0]) if program.stem == "terrarium" else f"{quote(sys.executable)} -m engine"


def record(plan: Plan, report: Report) -> int:
    """Train to the last step, write every event down, and report it. Trouble at the end where not all are."""
    code, file = 0, plan.file
    lost: Trouble | None = None
    try:
        with Interruption() as interruption:
            for event in until(plan.trainer, plan.steps, plan.commands, interruption):
                require_same_text(plan.text, event)
                lost = write_down(file, event, report) or lost
                code = 1 if isinstance(event, Failed | Stalled) else code
            code = 130 if interruption.asked else code
    except KeyboardInterrupt:
        code = 130
    finally:
        file.close()
    if lost:
        raise lost
    return code


def write_down(file: RunFile, event: Event, report: Report) -> Trouble | None:
    """And report it, with what a person should know about the writing. What ended the record, but no training."""
    news: list[Trouble] = []
    lost: Trouble | None = None
    try:
        file.add(event)
        news = file.news() if isinstance(event, Stepped) else news
    except Trouble as trouble:
        news = [lost := trouble]
    report(event)
    for told in news:
        report(Warned(event.step, event.time, told.message, told.advice))
    return lost


def require_same_text(before: CorpusRead | None, event: Event) -> None:
    """A run is repeated with the text it had, or not at all."""
    if before is None or not isinstance(event, CorpusRead):
        return
    then, now = ((one.size, one.documents, one.train_tokens, one.vocabulary) for one in (before, event))
    if then != now:
        raise Trouble("The text has changed since that run.", "Put the old text back: a repeat needs the same one.")


def until(
    trainer: Trainer, steps: int, asked: Commands = NOTHING, interruption: Interruption | None = None
) -> Iterator[Event]:
    """The events of a run up to a step; past the horizon it goes on at the final rate."""
    interruption = interruption or Interruption()
    commands: Mailbox[Command] = Mailbox()
    trainer.stops = {steps, *asked}
    for command in (*asked.get(0, ()), Play()):
        commands.put(command)
    stopping = False
    with closing(drive(trainer, commands)) as events:
        for event in events:
            interruption.patient = interruption.patient or isinstance(event, Stepped)
            reached = isinstance(event, Stepped) and event.step >= steps
            if not stopping and (reached or interruption.asked or isinstance(event, Failed | Stalled)):
                stopping = True
                commands.put(Stop())
            elif not stopping and isinstance(event, Stepped):
                for command in asked.get(event.step, ()):
                    commands.put(command)
            elif not stopping and isinstance(event, Finished):
                commands.put(Play())
            yield event


def json_lines(event: Event) -> None:
    """One line an event; arrays are in the run file, and only their shapes are here."""
    line = {"event": type(event).__name__, **{f.name: plain(getattr(event, f.name)) for f in fields(event)}}
    print(dumps(line, allow_nan=False), flush=True)


def plain(value: Any) -> Any:
    """An array as its shape, what is no number as null, for JSON has no NaN; anything else as it is."""
    if isinstance(value, float) and not isfinite(value):
        return None
    return {"shape": list(value.shape)} if isinstance(value, np.ndarray) else value
