"""What a control says about itself: tool tip, sentence in the status line, and its name for a screen reader."""

from html import escape

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from gui.text import prose


def explain(widget: QWidget, name: str, sentence: str = "", shortcut: str = "") -> None:
    """`sentence` defaults to the name. Text from strangers is safe here: a tool tip would take it for markup."""
    sentence = sentence or name
    keys = f"  ({native(shortcut)})" if shortcut else ""
    widget.setToolTip(tip(sentence + keys))
    widget.setStatusTip(sentence + keys)
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(sentence)


def tip(sentence: str) -> str:
    """A tool tip that shows just these words; "" is none. Without the tag Qt would guess what is markup."""
    return f"<qt>{escape(prose(sentence))}</qt>" if sentence else ""


def native(shortcut: str) -> str:
    """Keys as this system writes them."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
