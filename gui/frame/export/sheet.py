"""The style sheet of the export dialog, beside that of the window."""

from gui.style import style_sheet
from gui.theme import THEMES, Theme

OWN = """
QFrame#exportMiddle {{ background: {hover}; border: 1px solid {line}; border-radius: 6px; }}
QFrame#exportField {{ background: {field}; border: none; border-radius: 4px; }}
QFrame#exportField:hover {{ background: {hover}; }}
QFrame#exportField QLineEdit#bare {{ background: transparent; border: 2px solid transparent; padding: 0 3px; }}
QFrame#exportField QLineEdit#bare:focus {{ border: 2px solid {accent}; }}
QFrame#exportTrouble {{ background: {bad_soft}; border: none; }}
QFrame#exportTrouble QLabel {{ color: {bad}; }}
QCheckBox {{ font-size: {small}px; }}
QComboBox {{ font-size: {small}px; }}
QFrame#exportField QLineEdit {{ font-size: {small}px; }}
"""


def reading_theme(theme: Theme) -> Theme:
    """The same colours to be read at arm's length: a dialog is for one person, also in a lecture."""
    return THEMES[theme.name] if theme.lecture else theme


def export_sheet(theme: Theme) -> str:
    """For a reading theme. All of it, since the window may have a sheet for the back row."""
    return style_sheet(theme) + OWN.format(**theme.tokens(), small=theme.pixels("small"))
