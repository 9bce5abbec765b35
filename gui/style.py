"""One Qt style sheet and one palette from the tokens of a theme; set on the window, so two windows may differ.

Labels say what they are by two properties, `type` (a role of gui.theme.TYPES) and `tone` (a colour token); the sheet
turns these into fonts and colours, so that a change of theme needs no code in the widgets.
"""

from importlib.resources import files
from string import Template
from typing import get_args

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from gui.theme import TYPES, Role, Theme, mix

TONES = ("ink", "ink2", "ink3", "accent", "good", "warn", "bad")
OFF = 0.45  # opacity of what cannot be used
FIELD_WIDTH, FIELD_HEIGHT = 110, 24
POPUP_FIELD_WIDTH = 140  # options say whole words
MENU_HEIGHT, DESK_TAB_HEIGHT = 40, 24
DISABLED = QPalette.ColorGroup.Disabled

SHEET = Template("""
QWidget#menuRow, QWidget#transport, QWidget#timeline, QWidget#head { background: $panel; }
QWidget#desk, QMainWindow, QStatusBar { background: $window; }
QFrame#hairline { background: $line; border: none; }
QLabel { color: $ink; background: transparent; }
QLabel[type="dot"] { border-radius: 4px; min-width: 8px; max-width: 8px; min-height: 8px; max-height: 8px; }

QMenuBar { background: transparent; color: $ink2; border: none; font-size: ${body}px; }
QMenuBar::item { padding: 6px 8px; margin: 0 4px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: $hover; color: $ink; }
QMenu { background: $panel; color: $ink; border: 1px solid $line; padding: 4px; font-size: ${body}px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $off; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::indicator { width: 16px; height: 16px; left: 4px; }
QMenu::indicator:checked { image: url("$assets/tick-$look.svg"); }
QMenu::icon { left: 4px; }
QToolTip { background: $panel; color: $ink; border: 1px solid $line; padding: 6px 8px; font-size: ${small}px; }

QTabBar { background: transparent; font-size: ${body}px; }
QTabBar::tab { background: transparent; color: $ink2; border: none; border-bottom: 2px solid transparent;
    padding: 0; margin: 0 12px; font-weight: 500; height: ${tab_height}px; }
QWidget#desk QTabBar { font-size: ${small}px; }
QWidget#desk QTabBar::tab { height: ${desk_tab_height}px; }
QTabBar::tab:selected { color: $ink; font-weight: 600; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:focus { color: $accent; }

QPushButton, QToolButton, QSlider, QCheckBox { outline: none; }
QPushButton { background: $field; color: $ink; border: 2px solid transparent; border-radius: 6px; padding: 5px 14px;
    font-size: ${body}px; font-weight: 500; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:disabled { color: $off; }
QPushButton:focus { border: 2px solid $accent; }
QPushButton[kind="accent"] { background: $accent; color: $on_accent; }
QPushButton[kind="accent"]:hover { background: $accent_hover; }
QPushButton[kind="accent"]:focus { border: 2px solid $ink; }
QPushButton[kind="accent"]:disabled { background: $field; color: $off; }
QPushButton[kind="soft"] { background: $soft; color: $accent; }
QPushButton[kind="soft"]:hover { background: $soft_hover; }
QPushButton[kind="soft"]:disabled { background: $field; color: $off; }
QPushButton#place { border-radius: ${pill}px; padding: 0 4px; }
QPushButton[kind="flat"] { background: transparent; color: $ink2; text-align: left; padding: 4px 6px;
    font-weight: 400; }
QPushButton[kind="flat"]:hover { color: $ink; }
QPushButton[kind="link"] { background: transparent; color: $accent; text-align: left; padding: 2px 0; font-weight: 400;
    font-size: ${small}px; }
QPushButton[kind="link"]:hover { color: $accent_hover; }
QPushButton[kind="link"]:disabled { color: $off; }

QToolButton { background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 0; color: $ink2; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:open { background: $line; }
QToolButton:focus { border: 2px solid $accent; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton#play { background: $accent; border-radius: 8px; }
QToolButton#play:hover { background: $accent_hover; }
QToolButton#play:focus { border: 2px solid $focus_on_accent; }
QToolButton#play[kind="quiet"] { background: $field; }
QToolButton#play[kind="quiet"]:hover { background: $hover; }
QToolButton#play[kind="quiet"]:focus { border: 2px solid $accent; }
QLabel#pill { border-radius: ${pill}px; background: transparent; color: $ink3; font-size: ${body}px; font-weight: 500; }
QLabel#pill[live="true"] { background: $soft; color: $accent; }

QSlider { background: transparent; min-height: 20px; border: 2px solid transparent; border-radius: 6px; }
QSlider:focus { border: 2px solid $accent; }
QSlider::groove:horizontal { height: 2px; background: $groove; border-radius: 1px; margin: 0 1px; }
QSlider::sub-page:horizontal { height: 2px; background: $accent; border-radius: 1px; margin: 0 1px; }
QSlider::handle:horizontal { width: 11px; height: 11px; margin: -6px 0; border-radius: 7px; background: $panel;
    border: 1.5px solid $accent; }
QSlider::handle:horizontal:hover { background: $soft; }
QSlider::sub-page:horizontal:disabled { background: $groove; }
QSlider::handle:horizontal:disabled { border-color: $edge; }

QLineEdit, QSpinBox, QComboBox { background: $field; color: $ink; border: 2px solid transparent; border-radius: 4px;
    padding: 0 6px; min-height: 18px; font-size: ${body}px; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit:hover, QSpinBox:hover, QComboBox:hover { background: $hover; }
QLineEdit:focus, QSpinBox:focus, QComboBox:focus { border: 2px solid $accent; }
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled { color: $off; }
QPlainTextEdit { background: $field; color: $ink; border: 2px solid transparent; border-radius: 4px; padding: 2px;
    font-size: ${body}px; selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit:focus { border: 2px solid $accent; }
QFrame#change QLineEdit, QFrame#change QSpinBox { padding: 0 3px; font-weight: 600; }
QFrame#change QLineEdit#was { font-weight: 400; }
QLineEdit#number { background: transparent; padding: 0 1px; font-weight: 600; border-width: 1px; }
QLineEdit#number:hover { background: $hover; }
QLineEdit#number:focus { background: $field; border: 1px solid $accent; }
QFrame#row QSpinBox, QFrame#row QComboBox, QFrame#row QLineEdit#field {
    min-width: ${field_width}px; max-width: ${field_width}px;
    min-height: ${field_height}px; max-height: ${field_height}px; }
QFrame#row QPushButton#field {
    min-width: ${field_width}px; max-width: ${field_width}px; padding: 1px 6px; text-align: left; font-weight: 400;
    border-radius: 4px; }
QFrame#row QComboBox { padding: 0 4px 0 6px; min-width: ${combo_width}px; max-width: ${combo_width}px; }
QFrame#popup QFrame#row QComboBox { min-width: ${popup_combo_width}px; max-width: ${popup_combo_width}px; }
QSpinBox::up-button { subcontrol-origin: padding; subcontrol-position: top left; width: 18px; border: none; }
QSpinBox::down-button { subcontrol-origin: padding; subcontrol-position: bottom left; width: 18px; border: none; }
QSpinBox::up-arrow { image: url("$assets/up-$look.svg"); width: 10px; height: 10px; }
QSpinBox::down-arrow { image: url("$assets/down-$look.svg"); width: 10px; height: 10px; }
QComboBox { padding-right: 2px; }
QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; width: 20px; border: none; }
QComboBox::down-arrow { image: url("$assets/down-$look.svg"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $panel; color: $ink; border: 1px solid $line; padding: 4px; outline: none;
    selection-background-color: $hover; selection-color: $ink; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 6px; }

QListWidget { background: $panel; color: $ink; border: 1px solid $line; border-radius: 4px; padding: 4px; outline: none;
    font-size: ${body}px; }
QListWidget:focus { border: 1px solid $accent; }
QListWidget::item { min-height: 24px; padding: 0 6px; border-radius: 4px; }
QListWidget::item:hover { background: $hover; }
QListWidget::item:selected { background: $soft; color: $accent; }

QCheckBox { color: $ink2; spacing: 8px; font-size: ${body}px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox:focus { border: 2px solid $accent; }
QCheckBox:disabled { color: $off; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $edge; border-radius: 3px; background: $panel; }
QCheckBox::indicator:hover { background: $hover; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$assets/check-$look.svg"); }

QProgressBar#progress { background: transparent; border: none; min-height: 2px; max-height: 2px; }
QProgressBar#progress::chunk { background: $accent; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 8px; }
QScrollBar:horizontal { height: 8px; }
QScrollBar::handle { background: $handle; border-radius: 3px; margin: 1px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMainWindow::separator { background: $between; width: ${gap}px; height: ${gap}px; }
QMainWindow::separator:hover { background: $hover; }
QWidget#titleRow { background: $panel; border: 1px solid $line; border-bottom: none;
    border-top-left-radius: 6px; border-top-right-radius: 6px; }
QFrame#panelFrame { background: $panel; border: 1px solid $line; border-top: none;
    border-bottom-left-radius: 6px; border-bottom-right-radius: 6px; }
QFrame#panelFrame[bare="true"], QWidget#titleRow[bare="true"] { border: none; border-radius: 0; }
QFrame#popup, QDialog { background: $panel; }
QFrame#popup { border: 1px solid $line; }
QFrame#notice { background: $warn_soft; border: none; }
QFrame#notice QLabel { color: $warn; }
QFrame#row { border: none; border-left: 3px solid transparent; }
QFrame#row[bar="accent"] { border-left: 3px solid $accent; }
QFrame#row[bar="warn"] { border-left: 3px solid $warn; }
""")


def style_sheet(theme: Theme) -> str:
    """The whole sheet for one theme, at its type size."""
    sizes = {role: str(theme.pixels(role)) for role in get_args(Role)}
    return SHEET.substitute(theme.tokens(), **sizes, **_derived(theme)) + _labels(theme)


def palette(theme: Theme) -> QPalette:
    """For what the sheet does not reach: selections, placeholders, native parts of Fusion."""
    made = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: theme.window, role.Base: theme.panel, role.AlternateBase: theme.field, role.Button: theme.field,
        role.ToolTipBase: theme.panel, role.ToolTipText: theme.ink, role.WindowText: theme.ink, role.Text: theme.ink,
        role.ButtonText: theme.ink, role.BrightText: theme.ink, role.PlaceholderText: theme.ink3, role.Mid: theme.edge,
        role.Highlight: theme.accent, role.HighlightedText: theme.on_accent, role.Accent: theme.accent,
        role.Link: theme.accent, role.LinkVisited: theme.accent, role.Light: theme.panel, role.Dark: theme.edge,
    }  # fmt: skip
    for which, colour in pairs.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(DISABLED, which, mix(theme.panel, theme.ink, OFF))
    return made


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property the sheet selects by, and have it looked at again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def pill_radius(theme: Theme) -> int:
    """Half the height of a pill."""
    return theme.pixels("body") + 3


def _derived(theme: Theme) -> dict[str, str]:
    scale = 1.0 if theme.lecture else theme.scale
    return {
        "assets": str(files("assets") / "style").replace("\\", "/"),
        "look": theme.name,
        "off": mix(theme.panel, theme.ink, OFF).name(),
        "accent_hover": mix(theme.accent, theme.ink, 0.2).name(),
        "soft_hover": mix(theme.soft, theme.accent, 0.12).name(),
        "focus_on_accent": theme.ink,
        "groove": mix(theme.line, theme.edge, 0.25).name(),
        "handle": mix(theme.line, theme.edge, 0.35).name(),
        "pill": str(pill_radius(theme)),
        "between": theme.line if theme.lecture else theme.window,
        "gap": "2" if theme.lecture else "8",
        "tab_height": str(round(MENU_HEIGHT * scale) - 2),
        "desk_tab_height": str(round(DESK_TAB_HEIGHT * scale)),
        "field_width": str(round(FIELD_WIDTH * scale) - 16),
        "combo_width": str(round(FIELD_WIDTH * scale) - 14),
        "popup_combo_width": str(round(POPUP_FIELD_WIDTH * scale) - 14),
        "field_height": str(round(FIELD_HEIGHT * scale) - 4),
    }


def _labels(theme: Theme) -> str:
    """A rule for each role of text and for each tone."""
    rules = []
    for role, kind in TYPES.items():
        weight = kind.lecture_weight if theme.lecture else kind.weight
        rules.append(f'QLabel[type="{role}"] {{ font-size: {theme.pixels(role)}px; font-weight: {weight}; }}')
    colours = theme.tokens()
    rules += [f'QLabel[tone="{tone}"] {{ color: {colours[tone]}; }}' for tone in TONES]
    rules += [f'QLabel[type="dot"][tone="{tone}"] {{ background: {colours[tone]}; }}' for tone in TONES]
    rules.append('QLabel[strong="true"] { font-weight: 600; }')
    return "\n".join(rules)
