"""How far training is, on the error stream: a bar on a terminal, a line now and then elsewhere."""

import sys

from tqdm import tqdm

from engine.events import (
    Branched,
    Chosen,
    Event,
    Failed,
    Progressed,
    Rewound,
    Started,
    Stepped,
    Validated,
    Warned,
    Wrote,
)

SILENT = 3600.0  # seconds a bar that is no line of a terminal waits for its first step


def visible(text: str) -> str:
    """Text from strangers for a terminal: control, bidi and zero-width characters are written out, not obeyed."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)


class Progress(tqdm):  # type: ignore[misc]
    """tqdm without the thread that watches over it."""

    monitor_interval = 0


class Bar:
    """A bar on a terminal, a line now and then elsewhere."""

    def __init__(self, steps: int) -> None:
        self._live = sys.stderr.isatty()
        seldom, delay = (0.2, 0) if self._live else (10, SILENT)
        self._bar = Progress(total=steps, unit="step", file=sys.stderr, mininterval=seldom, delay=delay, leave=False)
        self._validation = self._warned = ""

    def __call__(self, event: Event) -> None:
        match event:
            case Stepped():
                self._bar.leave, self._bar.delay = True, 0  # from now on there is something to tell
                self._bar.set_postfix_str(f"loss {event.loss:.3f}{self._validation}", refresh=False)
                self._bar.update(event.step - self._bar.n)
            case Rewound():
                self._bar.initial = self._bar.n = event.step  # only steps made now count for the speed
                if event.left > event.step:
                    self._bar.write(f"Going back from step {event.left:,} to {event.step:,}.", file=sys.stderr)
            case Branched():
                self._bar.write(f"A branch of {visible(event.parent)}, from step {event.step:,}.", file=sys.stderr)
            case Chosen() if event.words:
                self._bar.write(event.words, file=sys.stderr)
            case Validated():
                self._validation = f", validation {event.loss:.3f}"
            case Progressed():
                self._bar.set_description(f"{event.task} {100 * event.done:.0f} %", refresh=self._live)
            case Started():
                self._bar.set_description(event.name, refresh=self._live)
                self._bar.write(f"{event.parameters:,} parameters on {event.device}", file=sys.stderr)
            case Wrote() if event.step:
                self._bar.write(f"step {event.step:,}: {visible(event.prompt + event.text)}", file=sys.stderr)
            case Failed():
                self.close()  # else it would come once more below the words
                sys.stderr.write(f"Stopped at step {event.step:,}. {event.message} {event.advice}\n")
            case Warned() if event.message != self._warned:
                self._warned = event.message
                self._bar.write(f"{event.message} {event.advice}", file=sys.stderr)

    def close(self) -> None:
        """Leave it as it stands."""
        self._bar.close()
