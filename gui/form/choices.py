"""What a person has chosen and what became of it: asked for, turned, or waiting for the next run. Knows no Qt."""

from pathlib import Path
from typing import Any

from engine.declared import knobs
from engine.events import CorpusRead, Metered, Rewound, Turned, Warned
from engine.presets import PRESETS, Forecast, forecast, sized
from engine.recording import Recording
from engine.settings import Settings
from engine.size import dense_parameters, expected_vocabulary, parameters, step_flops
from engine.trouble import Trouble
from gui.mixing import Mixture

KNOBS = {knob.name: knob for knob in knobs(Settings)}
OWN = "own"  # no preset
PERSONAL = (  # what a preset leaves alone; the tokenizer it sets only where it was made for single characters
    "corpus", "weights", "tokenizer_file", "duplicates", "typos", "shuffled", "boilerplate",
    "probe", "prompt", "temperature", "top_k", "top_p", "sample_length", "seed", "device", "threads",
    "attention", "compiled", "save_every",
)  # fmt: skip


class Choices:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings  # those of the present run
        self.edits: dict[str, Any] = {}  # wait for the next run
        self.asked: dict[str, Any] = {}  # sent to the engine, not yet obeyed
        self.turned: dict[str, Any] = {}  # what the engine said
        self._recording: Recording | None = None
        self._seen = 0, 0
        self._rewound: tuple[int, ...] = ()
        self._followed = next(iter(PRESETS))
        self._dialled: tuple[Settings, Settings, float] | None = None  # the recipe, what came of it, and the size

    def value(self, name: str) -> Any:
        """What the form shows."""
        for place in (self.asked, self.edits, self.turned):
            if name in place:
                return place[name]
        return getattr(self.settings, name)

    def present(self, name: str) -> Any:
        """What the present run uses."""
        return self.turned.get(name, getattr(self.settings, name))

    def choose(self, name: str, value: Any, running: bool) -> bool:
        """Note a person's choice; says whether the engine must be asked to turn it."""
        if running and KNOBS[name].live:
            self.edits.pop(name, None)
            self.asked[name] = value
            return True
        self._wait(name, value)
        if name == "corpus":
            self._wait("weights", self.present("weights") if value == self.settings.corpus else ())
        return False

    def mix(self, corpus: tuple[str, ...], weights: tuple[float, ...]) -> None:
        """Another mixture for the next run."""
        self._wait("corpus", corpus)
        self._wait("weights", weights)

    def mixture(self, running: bool) -> Mixture:
        """What is mixed now and in the next run."""
        asked, present = "weights" in self.asked, self.present("weights")
        weights = self.asked["weights"] if asked else present
        next_weights = self.edits.get("weights", weights)
        next_corpus = self.edits.get("corpus", self.settings.corpus)
        return Mixture(self.settings.corpus, weights, asked, next_corpus, next_weights, running)

    def copy(self, settings: Settings) -> None:
        """Have the next run be set like this."""
        for name in KNOBS:
            self._wait(name, getattr(settings, name))

    def reset(self) -> None:
        """Take back what waits."""
        self.edits = {}

    def take_in(self, settings: Settings, recording: Recording) -> None:
        """Learn from the recording what was turned; a new run begins with nothing asked or turned."""
        if recording is not self._recording:
            self._recording, self._seen = recording, (0, 0)
            self.asked, self.turned = {}, {}
        if (rewound := recording.stamp((Rewound,))) != self._rewound:
            self._rewound, self._seen, self.turned = rewound, (0, self._seen[1]), {}
        if settings is not self.settings:
            self.settings = settings
            self.edits = {name: value for name, value in self.edits.items() if value != getattr(settings, name)}
        turned, warned = self._seen
        self._seen = recording.count(Turned), recording.count(Warned)
        for event in recording.all(Turned)[turned:]:
            self._note(event)
        if self._seen[1] > warned:
            self.asked = {}  # perhaps a refusal: show what the engine has

    def next_settings(self) -> Settings:
        """For the next run, as the form shows it. Raises Trouble."""
        values = {**self.settings.model_dump(), **self.turned, **self.edits}
        return Settings(**values)

    def preset(self) -> str:
        """The preset that the next run follows, or OWN."""
        values = {**self.settings.model_dump(), **self.turned, **self.edits}
        same = (name for name in (self._followed, *PRESETS) if _of_preset(name).items() <= values.items())
        return next(same, OWN)

    def fill(self, preset: str) -> None:
        """Have the next run follow a preset; what is personal stays, and what the last preset alone wanted goes."""
        wanted = _of_preset(preset)
        for name, value in _of_preset(self._followed).items():
            if name not in wanted and self.edits.get(name) == value:
                del self.edits[name]
        self._followed = preset  # two may be alike
        self._edit(wanted)

    def size(self) -> float | None:
        """Of the next run's model, in millions of parameters: as it was set, while nothing was changed since."""
        try:
            chosen = self.next_settings()
        except Trouble:
            return None
        if self._dialled and self._dialled[1] == chosen:
            return self._dialled[2]
        return dense_parameters(chosen, self._vocabulary(chosen)) / 1e6

    def resize(self, millions: float) -> None:
        """Another size for the next run's model, with the batch, rate and horizon that suit it."""
        try:
            recipe = self.next_settings()
        except Trouble:
            recipe = self.settings
        if self._dialled and self._dialled[1] == recipe:
            recipe = self._dialled[0]  # there and back is the same again
        wanted = sized(recipe, millions)
        self._edit(wanted.model_dump())
        self._dialled = recipe, wanted, millions

    def forecast(self, cache: Path | None) -> Forecast | None:
        """What the next run will cost; None while the settings do not fit together."""
        try:
            chosen = self.next_settings()
        except Trouble:
            return None
        made = forecast(chosen, self._vocabulary(chosen), cache)
        return made if made.seconds else made._replace(seconds=self._as_now(chosen))

    def _as_now(self, chosen: Settings) -> float | None:
        """Seconds to the horizon at the present run's speed; None before that was measured."""
        metered = self._recording.latest(Metered) if self._recording else None
        if metered is None or not metered.flops:
            return None
        return chosen.horizon * step_flops(chosen, self._vocabulary(chosen)) / metered.flops

    def parameters(self) -> int | None:
        """Of the model of the next run; None while the settings do not fit together."""
        try:
            chosen = self.next_settings()
        except Trouble:
            return None
        return parameters(chosen, self._vocabulary(chosen))

    def _vocabulary(self, chosen: Settings) -> int:
        """Of the text that was read where it is the same, else what the tokenizer will have at most."""
        read = self._recording.latest(CorpusRead) if self._recording else None
        same = all(
            getattr(chosen, name) == getattr(self.settings, name)
            for name in ("corpus", "tokenizer", "tokenizer_file", "vocabulary")
        )
        if read and same:
            return len(read.vocabulary)
        return expected_vocabulary(chosen)

    def _edit(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            self.asked.pop(name, None)
            self._wait(name, value)

    def _wait(self, name: str, value: Any) -> None:
        """Until the next run, unless it is so already."""
        self.edits[name] = value
        if value == self.present(name):
            del self.edits[name]

    def _note(self, event: Turned) -> None:
        knob = KNOBS.get(event.knob)
        if knob is None:
            return
        value = knob.kind(event.value)
        self.turned[event.knob] = value
        if self.asked.get(event.knob) == value:
            del self.asked[event.knob]


def _of_preset(name: str) -> dict[str, Any]:
    """The values a preset sets."""
    left = PERSONAL if PRESETS[name].tokenizer == "character" else (*PERSONAL, "tokenizer")
    return {field: value for field, value in PRESETS[name].model_dump().items() if field not in left}
