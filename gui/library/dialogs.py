"""What a person is asked about recorded runs: their tags, words about them, and whether to delete them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QWidget

from engine.library import Entry
from gui.explain import explain
from gui.frame.dialogs import Dialog
from gui.library.rows import shortened
from gui.status import size_words
from gui.theme import Theme
from gui.widgets.labels import PlainLabel

WIDTH, HIGH = 420, 160  # pixels at reading size
LONGEST = 20_000  # characters of a comment
TAGS = "Words to find this run by, with a comma between two of them."
SURE = "{size} go into the trash, from where they can be taken back: {what}."
FOR_GOOD = (
    "{size} of what attention and predictions looked like are deleted for good. "
    "Every number, sample and checkpoint stays."
)
BRANCHES = "What was branched from it stays whole."


class TagsDialog(Dialog):
    def __init__(self, parent: QWidget, entry: Entry, known: Iterable[str], theme: Theme) -> None:
        """`known` are offered when they begin as what is typed."""
        super().__init__(parent, f"Tags of {shortened(entry.name)}")
        self.column.addWidget(PlainLabel(TAGS, "body", "ink2"))
        self.field = QLineEdit(", ".join(entry.tags))
        self.field.setMinimumWidth(round(WIDTH * theme.scale))
        self.field.setCompleter(QCompleter(sorted(set(known)), self.field))
        explain(self.field, "Tags", TAGS)
        self.column.addWidget(self.field)
        self.ask("Keep")

    def tags(self) -> tuple[str, ...]:
        """Each once."""
        return tuple(dict.fromkeys(tag for part in self.field.text().split(",") if (tag := part.strip())))


class CommentDialog(Dialog):
    def __init__(self, parent: QWidget, entry: Entry, theme: Theme) -> None:
        super().__init__(parent, f"Comment on {shortened(entry.name)}")
        self.field = QPlainTextEdit(entry.comment)
        self.field.setMinimumSize(round(WIDTH * theme.scale), round(HIGH * theme.scale))
        self.field.setTabChangesFocus(True)
        explain(self.field, "Comment", "What this run was for, and what came of it", "Ctrl+Return")
        self.column.addWidget(self.field)
        self.ask("Keep").setShortcut("Ctrl+Return")

    def text(self) -> str:
        return self.field.toPlainText()[:LONGEST]


class DeleteDialog(Dialog):
    """Says what goes, how much it is, and whether it can be taken back."""

    def __init__(
        self, parent: QWidget, entries: Sequence[Entry], heavy_only: bool, branches: int, theme: Theme
    ) -> None:
        what = shortened(entries[0].name) if len(entries) == 1 else f"{len(entries)} runs"
        super().__init__(parent, f"Delete the looks of {what}?" if heavy_only else f"Delete {what}?")
        size = sum(entry.heavy_bytes if heavy_only else entry.bytes for entry in entries)
        words = (FOR_GOOD if heavy_only else SURE).format(size=size_words(size), what=contents(entries))
        label = PlainLabel(f"{words} {BRANCHES}" if branches and not heavy_only else words, "body", "ink2")
        label.setWordWrap(True)
        label.setFixedWidth(round(WIDTH * theme.scale))
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(label)
        if heavy_only:
            self.ask("Delete for good").setAutoDefault(False)  # Enter alone must not do what nothing takes back
        else:
            self.ask("Move to trash")


def contents(entries: Sequence[Entry]) -> str:
    """What lies in the folders of these runs."""
    checkpoints = sum(len(entry.checkpoints) for entry in entries)
    kept = f" and {checkpoints:,} checkpoint{'s' if checkpoints > 1 else ''}" if checkpoints else ""
    return f"{'its record' if len(entries) == 1 else 'their records'}{kept}"
