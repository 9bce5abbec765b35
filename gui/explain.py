"""What a control says about itself: tool tip, sentence in the status line, and its name for a screen reader."""

from html import escape

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget


def explain(widget: QWidget, name: str, sentence: str = "", shortcut: str = "") -> None:
    """`sentence` defaults to the name. Text from strangers is safe here: a tool tip would take it for markup."""
    sentence = sentence or name
    keys = f"  ({native(shortcut)})" if shortcut else ""
    widget.setToolTip(f"<qt>{escape(sentence)}{escape(keys)}</qt>")
    widget.setStatusTip(sentence + keys)
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(sentence)


def native(shortcut: str) -> str:
    """Keys as this system writes them."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
