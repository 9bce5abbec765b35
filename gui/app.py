"""The Qt application: style, names and fonts, and a calm word for errors nobody foresaw."""

import faulthandler
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from gui.theme import LIGHT


def make_application(arguments: Sequence[str]) -> QApplication:
    """The one application; a second call gives the same."""
    from gui.icons import app_icon

    with suppress(RuntimeError, ValueError, AttributeError):  # no stderr in a windowed build
        faulthandler.enable()
    present = QApplication.instance()
    application = present if isinstance(present, QApplication) else QApplication(list(arguments))
    application.setApplicationName("terrarium")
    application.setApplicationDisplayName("Terrarium")
    application.setDesktopFileName("terrarium")
    application.setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    application.setFont(LIGHT.font("body"))
    application.setWindowIcon(app_icon())
    return application


def tell_errors(tell: Callable[[str, str, str], None]) -> None:
    """Errors of the window's own go to `tell` (message, advice, details) instead of ending the program."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.__excepthook__(kind, error, trace)
        tell("Something in the window went wrong.", "Training goes on, and what was recorded is kept.", details)

    sys.excepthook = hook
