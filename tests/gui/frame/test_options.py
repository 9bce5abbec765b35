"""The options of a panel, as its popup shows them."""

import pytest
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

from gui.frame.dock import OptionsPopup
from gui.panels import PANELS
from gui.panels.panel import Panel
from tests.gui.conftest import Desk


def room(field: QComboBox) -> int:
    """Pixels that its word has."""
    option = QStyleOptionComboBox()
    field.initStyleOption(option)
    edit = QStyle.SubControl.SC_ComboBoxEditField
    return field.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, edit, field).width()


@pytest.mark.parametrize("kind", [kind for kind in PANELS if kind.Options.model_fields], ids=lambda kind: kind.title)
def test_no_choice_is_cut_off(desk: Desk, kind: type[Panel]) -> None:
    desk.show()
    panel = next(one for one in desk.window.panels if isinstance(one, kind))
    popup = OptionsPopup(panel, desk.window)
    popup.show()
    desk.settle()
    for field in popup.findChildren(QComboBox):
        for place in range(field.count()):
            assert field.fontMetrics().horizontalAdvance(field.itemText(place)) <= room(field), field.itemText(place)
    popup.close()
