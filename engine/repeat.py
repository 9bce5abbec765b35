"""What was done to a recorded run, read from its record, so that it can be done again step by step."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from engine.commands import Anneal, Command, Turn
from engine.declared import knobs
from engine.events import Annealed, Branched, Chosen, CorpusRead, Event, Rewound, Started, Stepped, Turned
from engine.settings import Settings
from engine.trouble import Trouble

Commands = Mapping[int, Sequence[Command]]  # by the step after which they were obeyed


class Script(NamedTuple):
    settings: Settings  # nothing is auto: as it was chosen then
    steps: int
    commands: Commands
    text: CorpusRead | None = None  # that was read then


class _Notes:
    """What counts so far; going back strikes out what came later."""

    def __init__(self) -> None:
        self.settings: dict[str, Any] = {}
        self.live: dict[str, Any] = {}  # values as turned
        self.chosen: Chosen | None = None
        self.text: CorpusRead | None = None
        self.steps = 0
        self.asked: list[tuple[int, Command]] = []

    def take(self, event: Event) -> None:
        match event:
            case Started() if not self.settings:
                self.settings = dict(event.settings)
                self.live = {knob.name: settled(event.settings.get(knob.name)) for knob in knobs(Settings) if knob.live}
            case Started():
                others = self.live.keys() - {"threads"}  # which Chosen tells
                self._turn_to(event.step, {name: event.settings.get(name) for name in sorted(others)})
            case Branched():
                self._require_live(event)
            case Chosen() if not self.chosen:
                self.chosen = event
            case Chosen():
                self._turn_to(event.step, {"threads": event.threads})
            case CorpusRead() if not self.text:
                self.text = event
            case Stepped():
                self.steps = event.step
            case Turned():
                self._turn_to(event.step, {event.knob: event.value})
            case Annealed():
                self.asked.append((event.step, Anneal()))
            case Rewound():
                self.steps = event.step
                self.asked = [one for one in self.asked if one[0] < event.step + isinstance(one[1], Turn)]

    def _require_live(self, fork: Branched) -> None:
        """What a branch has changed is turned at its step; Started says to what."""
        for name in fork.now.keys() - self.live.keys():
            message = f"This run is a branch that changed {name} at step {fork.step:,}, which cannot be turned."
            raise Trouble(message, f"Repeat {fork.parent}, and branch from that again.")

    def _turn_to(self, step: int, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            value = settled(value)
            if value is not None and value != self.live.get(name):
                self.asked.append((step, Turn(name, value)))
                self.live[name] = value


def settled(value: Any) -> Any:
    """A setting as settings have it: JSON knows no tuples."""
    return tuple(value) if isinstance(value, list) else value


def script_of(events: Iterable[Event]) -> Script:
    """Raises Trouble for a record without a step, or with settings that are not known here."""
    notes = _Notes()
    for event in events:
        notes.take(event)
    if not notes.settings or not notes.steps:
        raise Trouble("Nothing was trained in this run.", "Choose another run to repeat.")
    chosen = notes.chosen
    found = {name: getattr(chosen, name) for name in ("precision", "attention", "threads")} if chosen else {}
    commands: dict[int, list[Command]] = defaultdict(list)
    for step, command in notes.asked:
        commands[step].append(command)
    return Script(Settings(**{**notes.settings, **found}), notes.steps, commands, notes.text)
