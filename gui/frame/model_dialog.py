"""The dialog that writes the model of a kept step for other programs, and says what was compared before it is named."""

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from engine.events import Started, Stepped
from engine.recording import Recording
from engine.trouble import Trouble
from gui.explain import explain
from gui.export.file_names import plain_name
from gui.frame.export.sheet import reading_theme
from gui.frame.writing_dialog import WritingDialog
from gui.text import one_line
from gui.theme import Theme
from gui.widgets.elided_choice import ElidedChoice
from gui.widgets.labels import PlainLabel
from gui.widgets.segments import Segments

if TYPE_CHECKING:
    from engine.export.command import Format
    from engine.export.exporting import Export, Wish

FORMATS: "dict[Format, str]" = {"huggingface": "Hugging Face", "gguf": "GGUF", "onnx": "ONNX"}
USES = {
    "huggingface": "A folder that transformers loads, to train it on or to share it: weights, tokenizer and a card.",
    "gguf": "One file for llama.cpp and the programs made of it, with the tokenizer where they have such a one.",
    "onnx": "One file for onnxruntime, on phones and in browsers: tokens go in, logits come out.",
}
LOOKING = "Looking into it"
LETTERS = 24
CHECKED = "It is read back and compared before it gets its name."


class Choice(NamedTuple):
    """What is wanted, as plain values: what reads models is loaded in another thread."""

    run: Path
    form: "Format"
    step: int
    averaged: bool


class ModelDialog(WritingDialog):
    THERE = "Such a model is there already and will be replaced."
    OPENS = "Open folder"

    def __init__(
        self, parent: QWidget, theme: Theme, run: Path, kept: Sequence[int], recording: Recording, folder: Path
    ) -> None:
        """`kept` are the steps of checkpoints, newest first."""
        super().__init__(parent, theme, "Export model", folder, "Where the model is written")
        self._run, self._hindrance = run, ""
        self.steps, self.formats = ElidedChoice(LETTERS), Segments("Format", dict(FORMATS.items()))
        for step in kept:
            self.steps.addItem(step_words(step, recording), step)
        explain(self.steps, "Checkpoint", "The model as it was at this step")
        self.averaged = QCheckBox("Averaged weights")
        explain(self.averaged, "Averaged weights", "The mean over the last steps, which is often a little better")
        started = recording.latest(Started)
        self.averaged.setVisible(bool(started and started.settings.get("average")))
        self.formats.dress(reading_theme(theme))
        self.use = PlainLabel("", "small", "ink2")
        self.use.setWordWrap(True)
        self._lay_out()
        self._yes = self.ask("Export")
        self.steps.currentIndexChanged.connect(self._rename)
        self.averaged.clicked.connect(self.look_there)
        self.formats.chosen.connect(self._rename)
        self._rename()

    def write(self, path: Path, overwrite: bool) -> None:
        self.begin(writing(self.choice(), path, overwrite), "Writing and checking", self._take)

    def choice(self) -> "Choice":
        """What is wanted."""
        form = next(form for form in FORMATS if form == self.formats.value)
        averaged = self.averaged.isChecked() and self.averaged.isVisibleTo(self)
        return Choice(self._run, form, int(self.steps.currentData()), averaged)

    def contents(self) -> str:
        return CHECKED

    def hindrance(self) -> str:
        return self._hindrance

    def opened(self, path: Path) -> Path:
        return path if path.is_dir() else path.parent

    def changeable(self) -> tuple[QWidget, ...]:
        return self.file, self.steps, self.formats, self.averaged

    def _lay_out(self) -> None:
        form = self.form({"Checkpoint": self.steps})
        form.addRow("", self.averaged)
        self.column.addWidget(self.formats, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.use)
        self.column.addLayout(form)
        for part in (self.file, self.progress, self.note):
            self.column.addWidget(part)

    def _rename(self) -> None:
        """Another step or format: whether that can be is seen in the background."""
        choice = self.choice()
        self.use.setText(USES[choice.form])
        self._hindrance = ""
        self.begin(looking(choice), LOOKING, self._show_hindrance)
        ending = "" if choice.form == "huggingface" else f".{choice.form}"
        self.file.suggest(f"{plain_name(self._run.name) or 'model'}-{choice.step}{ending}")
        self.look_there()

    def _show_hindrance(self, hindrance: str) -> None:
        self._hindrance = hindrance
        self.look_there()

    def _take(self, export: "Export") -> None:
        words = " ".join((export.checked, *export.remarks))
        self.made(export.path, f"Written to {one_line(str(export.path))}. {words}")


def step_words(step: int, recording: Recording) -> str:
    """Such as “Step 2,418, loss 2.31”."""
    stepped = recording.latest(Stepped, step)
    loss = f", loss {stepped.loss:.2f}" if stepped and stepped.step == step else ""
    return f"Step {step:,}{loss}"


def looking(choice: Choice) -> Generator[float, None, str]:
    """Why such a model cannot be written, in a sentence; empty where it can."""
    yield 0.0
    from engine.export.exporting import require_possible

    try:
        require_possible(_wish(choice, overwrite=False))
    except Trouble as trouble:
        return f"{trouble.message} {trouble.advice}"
    return ""


def writing(choice: Choice, path: Path, overwrite: bool) -> "Generator[float, None, Export]":
    """Yields the share that is done."""
    yield 0.0
    from engine.export.exporting import write_model

    return (yield from write_model(_wish(choice, overwrite), path))


def _wish(choice: Choice, overwrite: bool) -> "Wish":
    from engine.export.exporting import Wish

    return Wish(choice.run, choice.form, choice.step, choice.averaged, overwrite)
