"""The dialog that adds a text to the mixture: built in, a file, a folder or a data set, and how it begins."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.corpus.built_in import BUILT_IN
from engine.corpus.place import HUB, Place, place_of, written
from engine.trouble import Trouble
from gui.beginning import Beginning, beginning_of, built_in_beginning
from gui.encodings import other_encodings
from gui.explain import explain
from gui.frame.dialogs import Dialog, text_dialog
from gui.sources import whole_source
from gui.theme import Theme
from gui.widgets.labels import PlainLabel
from gui.widgets.segments import Segments

KINDS = {"built-in": "Built in", "file": "File", "folder": "Folder", "data set": "Hugging Face"}
AUTOMATIC = "Found out by itself"
LIKELIEST = "The likeliest one"
NETWORK = "The data set is fetched from the Hugging Face hub: this uses the network. No code of the data set is run."
NOTHING = "Choose a text to see how it begins."
WIDTH, HEIGHT, LIST, LINE = 580, 520, 200, 66  # pixels at reading size
ENCODED = ("text", "table", "json lines", "html", "folder", "binary")  # kinds for which an encoding matters
COLUMNS = ("table", "json lines", "parquet", "data set", "folder")


class SourceDialog(Dialog):
    added = Signal(list)  # of sources

    def __init__(self, parent: QWidget, theme: Theme, mixed: tuple[str, ...]) -> None:
        """`mixed` are the texts that are in the mixture already."""
        super().__init__(parent, "Add source")
        self._scale = theme.pixels("small") / 12
        self.kinds = Segments("Kind of source", KINDS)
        self.kinds.dress(theme)
        self.kinds.chosen.connect(self._show_kind)
        self.column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        self._add_pages(mixed)
        self._add_reading()
        self._add_preview()
        self._readable = False
        self._yes = self.ask("Add")
        self.accepted.connect(lambda: self.added.emit([self.source()]))
        self.setFixedSize(round(WIDTH * self._scale), round(HEIGHT * self._scale))
        self._show_kind("built-in")

    def source(self) -> str:
        """What is chosen, as it stands in the settings; "" for nothing."""
        match self.kinds.value:
            case "built-in":
                item = self.built_in.currentItem()
                return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""
            case "data set":
                name = self.name.text().strip()
                return written(Place(f"{HUB}{name}", column=self._column())) if name else ""
        path = (self.file if self.kinds.value == "file" else self.folder).text().strip()
        return whole_source(written(self._place(path))) if path else ""

    # what it is made of

    def _add_pages(self, mixed: tuple[str, ...]) -> None:
        self.built_in = QListWidget()
        self.built_in.setAccessibleName("Built-in texts")
        for name, made in BUILT_IN.items():
            if name not in mixed:
                item = QListWidgetItem(f"{made.label}: {made.description}", self.built_in)
                item.setData(Qt.ItemDataRole.UserRole, name)
        self.built_in.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.built_in.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.built_in.currentRowChanged.connect(self._look)
        self.file, self.folder, self.name = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("owner/name")
        for field, words in ((self.file, "File"), (self.folder, "Folder"), (self.name, "Name of the data set")):
            explain(field, words)
            field.textChanged.connect(self._look)
        self.pages = QStackedWidget()
        network = PlainLabel(NETWORK, "small", "ink2")
        network.setWordWrap(True)
        hub = _page(self.name, network)
        for page in (self.built_in, self._choosing(self.file, False), self._choosing(self.folder, True), hub):
            self.pages.addWidget(page)
        self.column.addWidget(self.pages)

    def _choosing(self, field: QLineEdit, folder: bool) -> QWidget:
        button = QPushButton("Choose…")
        explain(button, "Choose a folder" if folder else "Choose a file")
        button.clicked.connect(lambda: self._browse(field, folder))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(field, 1)
        line.addWidget(button)
        return _page(row)

    def _add_reading(self) -> None:
        """Column and encoding, where they matter."""
        self.columns, self.encoding = QComboBox(editable=True), QComboBox()
        self.columns.setLineEdit(QLineEdit(placeholderText=LIKELIEST))
        self.encoding.addItem(AUTOMATIC, "")
        for name, label in other_encodings("").items():
            self.encoding.addItem(label, name)
        explain(self.columns, "Column", "The column of the table, or the field of the records, that holds the text")
        explain(self.encoding, "Encoding", "How bytes become letters, if the text is not in UTF-8")
        self.columns.currentTextChanged.connect(self._allow)
        self.encoding.activated.connect(self._look)
        self.reading = QFormLayout()
        self.reading.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.reading.addRow(PlainLabel("Column", "small", "ink2"), self.columns)
        self.reading.addRow(PlainLabel("Encoding", "small", "ink2"), self.encoding)
        self.column.addLayout(self.reading)

    def _add_preview(self) -> None:
        self.preview = PlainLabel(NOTHING, "small", "ink2")
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.preview.setWordWrap(True)
        self.preview.setAccessibleName("How it begins")
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.preview)
        self.column.addWidget(PlainLabel("How it begins", "small", "ink3", strong=True))
        self.column.addWidget(area, 1)

    # what a person does

    def _show_kind(self, kind: str) -> None:
        self.kinds.choose(kind)
        self.pages.setCurrentIndex(list(KINDS).index(kind))
        self.pages.setFixedHeight(round((LIST if kind == "built-in" else LINE) * self._scale))
        self._look()

    def _browse(self, field: QLineEdit, folder: bool) -> None:
        dialog: QFileDialog = text_dialog(self, folder)
        dialog.fileSelected.connect(field.setText)
        dialog.open()

    def _look(self, *_: object) -> None:
        """At the beginning of what is chosen."""
        beginning, words = None, NOTHING
        try:
            beginning = self._beginning()
        except Trouble as trouble:
            words = f"{trouble.message} {trouble.advice}"
        self.preview.setText(beginning.text if beginning else words)
        kind = beginning.kind if beginning else ""
        self._offer(beginning.columns if beginning else ())
        self.reading.setRowVisible(self.columns, self.kinds.value != "built-in" and kind in COLUMNS)
        self.reading.setRowVisible(self.encoding, self.kinds.value in ("file", "folder") and kind in ENCODED)
        self._readable = beginning is not None and (kind != "binary")
        self._allow()

    def _beginning(self) -> Beginning | None:
        source = self.source()
        if self.kinds.value == "built-in":
            return built_in_beginning(source) if source else None
        return beginning_of(place_of(source)) if source else None

    def _offer(self, names: tuple[str, ...]) -> None:
        if names != tuple(self.columns.itemText(place) for place in range(1, self.columns.count())):
            self.columns.clear()
            if names:
                self.columns.addItems(["", *names])

    def _allow(self, *_: object) -> None:
        self._yes.setEnabled(bool(self.source()) and self._readable)

    def _place(self, path: str) -> Place:
        """With the choices that can be seen."""
        place = place_of(path)
        encoding = str(self.encoding.currentData() or "")
        return replace(place, column=self._column() or place.column, encoding=encoding or place.encoding)

    def _column(self) -> str:
        return self.columns.currentText().strip()


def _page(*parts: QWidget) -> QWidget:
    """Parts at the top, one under the other."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        column.addWidget(part)
    column.addStretch()
    return page
