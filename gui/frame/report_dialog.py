"""The dialog that writes a report of the run on show: HTML or PDF, at which steps, and where."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.recording import Recording
from engine.trouble import Trouble
from gui.explain import explain
from gui.export.file_names import plain_name
from gui.export.provenance import Provenance, provenance
from gui.export.report.contents import MOST_PRINTED, MOST_STEPS, report, steps_of
from gui.export.report.sentences import sentence_meant, sentences
from gui.export.sheet import Sheet
from gui.frame.export.sheet import reading_theme
from gui.frame.writing_dialog import WritingDialog
from gui.panels.panel import Panel
from gui.session import Session
from gui.text import one_line
from gui.theme import Theme
from gui.widgets.elided_choice import ElidedChoice
from gui.widgets.labels import PlainLabel
from gui.widgets.segments import Segments

FORMATS = {"html": "HTML", "pdf": "PDF"}
USES = {
    "html": "One page for any browser, without a network: values can be hovered over, and a slider moves in time.",
    "pdf": "Pages of A4, to print or to hand in.",
}
CHOSEN = "Chosen by themselves, early ones near each other"
LETTERS = 24  # of a sentence that are always seen
MOST = 6  # steps that are told


class WindowSheets:
    """Sheets of the panels of a window, as they are set there; on the window's own thread."""

    def __init__(self, session: Session, panels: Sequence[Panel]) -> None:
        self._session = session
        self._panels = {type(panel): panel for panel in panels}

    @property
    def recording(self) -> Recording:
        return self._session.recording

    @property
    def name(self) -> str:
        return self._session.main.name

    def sheet(self, panel: type[Panel], step: int) -> Sheet:
        return self._panels[panel].on_paper(self.recording, step)

    def origin(self, panel: type[Panel], step: int) -> Provenance:
        return provenance(self.recording, self.name, step, panel.title)


class ReportDialog(WritingDialog):
    def __init__(self, parent: QWidget, theme: Theme, sheets: WindowSheets, folder: Path) -> None:
        super().__init__(parent, theme, "Export report", folder, "Where the report is written")
        self._sheets = sheets
        self.formats, self.steps = Segments("Format", FORMATS), QLineEdit()
        self.formats.dress(reading_theme(theme))
        self.use = PlainLabel("", "small", "ink2")
        self.use.setWordWrap(True)
        self.steps.setPlaceholderText(CHOSEN)
        explain(self.steps, "Steps", "Of predictions and attention, such as 0, 100, 1000; empty to have them chosen")
        self._offer_sentences()
        self.column.addWidget(self.formats, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.use)
        form = self.form({"At steps": self.steps, "Sentence": self.sentence})
        form.setRowVisible(self.sentence, len(self._asked) > 1)
        self.column.addLayout(form)
        for part in (self.file, self.progress, self.note):
            self.column.addWidget(part)
        self._yes = self.ask("Export")
        self.formats.chosen.connect(self._rename)
        self.steps.textChanged.connect(self.look_there)
        self.sentence.currentIndexChanged.connect(self.look_there)
        self._rename()

    def _offer_sentences(self) -> None:
        """The most looked at is chosen."""
        self._asked = sentences(self._sheets.recording)
        self.sentence = ElidedChoice(LETTERS)
        self.sentence.addItems([one_line(one.text) for one in self._asked])
        usual = sentence_meant("", self._asked)
        self.sentence.setCurrentIndex(self._asked.index(usual) if usual else -1)
        explain(self.sentence, "Sentence", "Whose predictions and attention are shown")

    def write(self, path: Path, overwrite: bool) -> None:
        """What the panels show is gathered here and now; a few milliseconds. The rest is done in the background."""
        from gui.export.report.html import write_html
        from gui.export.report.pdf import write_pdf

        whole = report(self._sheets, steps_in(self.steps.text()), self._most(), self._wanted())
        writing = write_html if self.formats.value == "html" else write_pdf
        self.begin(writing(whole, path, overwrite), "Writing", self._take)

    def contents(self) -> str:
        about = self._asked[self.sentence.currentIndex()] if self._asked else None
        steps = steps_of(about, steps_in(self.steps.text()), self._most())
        if not steps:
            return "Settings, corpus, loss, samples and notes. Predictions were not looked at yet."
        told = ", ".join(f"{step:,}" for step in steps[:MOST])
        more = f" and {len(steps) - MOST} more" if len(steps) > MOST else ""
        count = "step" if len(steps) == 1 else "steps"
        return f"Settings, corpus, loss, samples, notes; predictions and attention at {count} {told}{more}."

    def hindrance(self) -> str:
        try:
            steps_in(self.steps.text())
        except Trouble as trouble:
            return f"{trouble.message} {trouble.advice}"
        return ""

    def changeable(self) -> tuple[QWidget, ...]:
        return self.file, self.formats, self.steps, self.sentence

    def _wanted(self) -> str:
        """The sentence, in full."""
        return self._asked[self.sentence.currentIndex()].text if self._asked else ""

    def _most(self) -> int:
        """Steps where none are chosen."""
        return MOST_STEPS if self.formats.value == "html" else MOST_PRINTED

    def _rename(self) -> None:
        self.use.setText(USES[self.formats.value])
        self.file.suggest(f"{plain_name(self._sheets.name) or 'run'}-report.{self.formats.value}")
        self.look_there()

    def _take(self, path: Path) -> None:
        self.made(path, f"The report is written to {one_line(str(path))}.")


def steps_in(text: str) -> tuple[int, ...]:
    """Numbers with commas or spaces between them. Trouble for anything else."""
    words = text.replace(",", " ").replace(";", " ").split()
    for word in words:
        if not word.isascii() or not word.isdigit() or len(word) > len("1000000000"):
            raise Trouble(f"“{one_line(word)}” is no step.", "Write steps such as 0, 100, 1000.")
    return tuple(int(word) for word in words)
