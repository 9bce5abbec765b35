"""A panel's frame: a dock with a title row of our own, which in a lecture steps back."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.declared import knobs
from gui.explain import explain
from gui.form.form import Form
from gui.frame.export.handle import ExportHandle
from gui.panels.panel import Panel
from gui.style import mark
from gui.theme import Theme
from gui.widgets.icon_button import IconButton
from gui.widgets.labels import PlainLabel

TITLE_HEIGHT, LECTURE_TITLE_HEIGHT = 40, 96
MARGINS, LECTURE_MARGINS = (16, 0, 8, 0), (24, 0, 24, 0)
LEAST_WIDTH, LEAST_HEIGHT = 160, 72  # of a content, at reading size
LEAST_HEIGHTS = {"Loss": 112, "Overlay": 112}  # a chart keeps its axis
Feature = QDockWidget.DockWidgetFeature
MOVABLE = Feature.DockWidgetClosable | Feature.DockWidgetMovable | Feature.DockWidgetFloatable


class Dock(QDockWidget):
    """`content` is a panel, or what else has a place of its own."""

    put_away = Signal()

    def __init__(
        self,
        title: str,
        help: str,  # noqa: A002
        content: QWidget,
        parent: QWidget | None = None,
        beside: Sequence[QWidget] = (),
    ) -> None:
        """`beside` stands beside the title of a content that is no panel."""
        super().__init__(title, parent)
        self.setObjectName(f"dock-{title.lower()}")
        self.setAccessibleName(title)
        self.setStatusTip(help)
        self.content = content
        panel = content if isinstance(content, Panel) else None
        self.title_row = TitleRow(self, title, panel, panel.title_row() if panel else beside)
        self._frame = QFrame()
        self._frame.setObjectName("panelFrame")
        self._inside = QVBoxLayout(self._frame)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.addWidget(content)
        self.setTitleBarWidget(self.title_row)
        self.setWidget(self._frame)
        self.set_bare(False)
        self.visibilityChanged.connect(self.title_row.setEnabled)  # the tab key finds no button out of sight
        self.visibilityChanged.connect(content.setVisible)  # behind another tab, Qt calls a dock visible

    def set_bare(self, bare: bool) -> None:
        """Without border, buttons and hands on it, for the lecture."""
        self.setFeatures(Feature.NoDockWidgetFeatures if bare else MOVABLE)
        self.title_row.set_bare(bare)
        for part in (self.title_row, self._frame):
            mark(part, "bare", "true" if bare else "false")

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.put_away.emit()

    def dress(self, theme: Theme) -> None:
        self.title_row.dress(theme)
        # Said outright, so that no hint of the content moves a border.
        least = LEAST_HEIGHTS.get(self.windowTitle(), LEAST_HEIGHT)
        self._frame.setMinimumSize(round(LEAST_WIDTH * theme.scale), round(least * theme.scale))
        if isinstance(self.content, Panel):
            self.content.dress(theme)


class TitleRow(QWidget):
    """Title, what the panel puts beside it, its options, a handle to take its figure away, and a quiet menu."""

    export_asked = Signal(object)  # the panel
    dragged_out = Signal(object)  # likewise

    def __init__(self, dock: Dock, title: str, panel: Panel | None, beside: Sequence[QWidget]) -> None:
        super().__init__(dock)
        self.setObjectName("titleRow")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._height = TITLE_HEIGHT
        self._dock, self._panel, self._bare = dock, panel, False
        row = self._row = QHBoxLayout(self)
        row.setSpacing(4)
        self._title = PlainLabel(title, "title")
        row.addWidget(self._title)
        row.addWidget(_room(beside), 1)
        self.options = IconButton("sliders", f"Options of {title}")
        self.options.clicked.connect(self._show_options)
        self.menu_button = QToolButton()
        self.menu_button.setText("···")
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.menu_button.setFixedSize(24, 24)
        explain(self.menu_button, f"Place of {title}", "Float or close this panel")
        self.menu_button.clicked.connect(self._show_menu)
        self.export = ExportHandle(title)
        self.export.clicked.connect(self._ask_export)
        self.export.dragged.connect(self._drag_out)
        row.addWidget(self.options)
        row.addWidget(self.export)
        row.addWidget(self.menu_button)
        if panel:
            panel.retitled.connect(self._say_title)

    def dress(self, theme: Theme) -> None:
        self.options.dress(theme)
        self.export.dress(theme)
        self._height = round((LECTURE_TITLE_HEIGHT if theme.lecture else TITLE_HEIGHT) * theme.scale)
        self._row.setContentsMargins(*(LECTURE_MARGINS if theme.lecture else MARGINS))
        self.updateGeometry()

    def set_bare(self, bare: bool) -> None:
        """Nothing to press, and the title for the back row."""
        panel = self._panel
        self.options.setVisible(not bare and bool(panel and panel.Options.model_fields))
        self.export.setVisible(not bare and panel is not None)
        self.menu_button.setVisible(not bare)
        self._bare = bare
        self._say_title()

    def _say_title(self) -> None:
        lecture_title = self._panel.lecture_title if self._panel and self._bare else ""
        self._title.setText(lecture_title or self._dock.windowTitle())

    def sizeHint(self) -> QSize:
        """Docks ask only this for the height of their title."""
        return QSize(super().sizeHint().width(), self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._height)

    def menu(self) -> QMenu:
        """Float or dock, and close."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        floating = self._dock.isFloating()
        place = menu.addAction("Put back" if floating else "Float in a window of its own")
        place.triggered.connect(self._toggle_floating)
        menu.addAction("Close", self._dock.close)
        return menu

    def _ask_export(self) -> None:
        self.export_asked.emit(self._panel)

    def _drag_out(self) -> None:
        self.dragged_out.emit(self._panel)

    def _show_menu(self) -> None:
        self.menu().popup(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height())))

    def _toggle_floating(self) -> None:
        self._dock.setFloating(not self._dock.isFloating())

    def _show_options(self) -> None:
        if self._panel:
            OptionsPopup(self._panel, self).show_below(self.options)


class OptionsPopup(QFrame):
    """The options of a panel, made from their declaration."""

    def __init__(self, panel: Panel, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(280)
        self._panel = panel
        self.form = Form(list(knobs(panel.Options)), sliders=True, fields=panel.option_fields())
        self.form.show_values(panel.options.model_dump())
        self.form.edited.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 16, 12)
        column.setSpacing(8)
        title = PlainLabel(f"{panel.title} options", "title")
        title.setContentsMargins(8, 0, 0, 0)  # where the labels of the form begin
        column.addWidget(title)
        column.addWidget(self.form)

    def show_below(self, button: QWidget) -> None:
        """Its right edge under the button's."""
        self.adjustSize()
        self.move(button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 4)))
        self.show()

    def _choose(self, name: str, value: object) -> None:
        self._panel.choose(**{name: value})


def _room(widgets: Sequence[QWidget]) -> QWidget:
    """Holds what a panel puts beside its title; gives way in a narrow panel instead of widening it."""
    room = QWidget()
    room.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    row = QHBoxLayout(room)
    row.setContentsMargins(12, 0, 4, 0)
    row.setSpacing(16)
    expanding = False
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        expanding |= widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding
    if not expanding:
        row.addStretch()
    return room
