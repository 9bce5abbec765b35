"""What the transport says where an earlier step is on show, or where other runs train beside this one. Knows no Qt."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from engine.events import Branched, Started
from engine.recording import Recording
from gui.shown import Shown
from gui.state import Beside, Facts, Place, Status
from gui.widgets.run_columns import columns

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def goes_before(beside: Beside, facts: Facts) -> bool:
    """Whether what the others do is more to be told than what the run on show does."""
    return beside.playing or not (facts.running or facts.followed)


def with_others(now: Status, beside: Beside) -> Status:
    """It is theirs what the big button does, but for a run that is still being made ready."""
    if now.state == "loading":
        return now
    if now.state == "training":
        return replace(now, detail=_doing(beside))
    return replace(now, state="training" if beside.playing else "paused", detail=_where(beside))


def _doing(beside: Beside) -> str:
    """One alone is another one than that on show."""
    if beside.number == 1:
        return "another run trains" if beside.playing else "another run waits"
    count = COUNTS[beside.number] if beside.number < len(COUNTS) else str(beside.number)
    return f"{count} {beside.what} {'train side by side' if beside.playing else 'wait'}"


def _where(beside: Beside) -> str:
    return f"{_doing(beside)}{',' if beside.playing else ' at'} step {beside.step:,}"


def on_show(shown: Sequence[Shown]) -> str:
    """“and 2 branches · 4 runs on show”, a group of seeds as one run; nothing where there is but one."""
    lines = len(columns(shown))
    if lines < 2:
        return ""
    here = PurePath(shown[0].key).name
    told = (run.recording.latest(Branched) for run in shown[1:])
    branches = sum(PurePath(one.parent).name == here for one in told if one)
    words = f"and {branches} branch{'es' if branches > 1 else ''}  ·  " if branches else ""
    return f"{words}{lines} runs on show"


def looking_back(now: Status, facts: Facts) -> Status:
    """The step on show comes first, and then what goes on meanwhile."""
    step, again = facts.step or 0, facts.replaying > 0
    now = replace(now, shown=step, replaying=again)
    if now.state == "recorded":
        if not again:
            return replace(now, headline="Recorded run", detail=f"step {step:,} of {now.step:,}")
        speed = "as fast as it was" if facts.replaying == 1 else f"{facts.replaying:g} × as fast as it was"
        return replace(now, headline=f"Step {step:,} of {now.step:,}", detail=f"{speed} recorded")
    headline = f"{'Replaying' if again else 'Looking back at'} step {step:,}"
    return replace(now, headline=headline, detail=_meanwhile(now, facts))


def _meanwhile(now: Status, facts: Facts) -> str:
    if facts.beside and goes_before(facts.beside, facts):
        return _where(facts.beside)
    match now.state:
        case "training":
            return f"training goes on, step {now.step:,}"
        case "followed":
            return f"another program trains it, step {now.step:,}"
        case "loading":
            return f"{now.headline} {now.detail}".rstrip()
    return f"{now.state} at step {now.step:,}"


def place(now: Status, recording: Recording, facts: Facts) -> Place:
    """What can be done about the step on show."""
    if now.state == "recorded":
        started = recording.latest(Started)
        return "continue" if facts.continues else "train" if started and started.settings else ""
    if facts.beside and not (facts.running or facts.followed):  # what trains is another one than that on show
        return "back"
    if now.shown is not None:
        return "continue" if now.state == "stopped" and facts.continues else "back"
    return "" if now.state in ("ready", "loading", "stopped") else "live"
