"""Libraries that only an export needs: loaded when it is asked for, and if one is lacking it is said how to get it."""

from importlib import import_module
from types import ModuleType

from engine.trouble import Trouble


def lent(name: str) -> ModuleType:
    """The module of that name. Trouble where the package is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        package = name.split(".")[0]
        advice = 'Install it: pip install "lm-terrarium[models]".'
        raise Trouble(f"This needs the package {package}, which is not installed.", advice) from error
