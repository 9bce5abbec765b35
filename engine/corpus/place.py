"""Where a person's own text is and how it is to be read, as one string: `books.csv#column=body&encoding=cp1252`.

What follows the # is written like the fragment of a web address, its values percent-quoted.
"""

import os
from dataclasses import dataclass, fields, replace
from pathlib import Path
from urllib.parse import quote, unquote, urlencode

from engine.trouble import Trouble

HUB = "hf:"


@dataclass(frozen=True)
class Place:
    """A path, or `hf:NAME`, and the choices a person made; each is "" where there is none."""

    path: str
    column: str = ""  # of a table; also a field, a.b for one within another
    encoding: str = ""  # of what is no UTF-8
    subset: str = ""  # of a data set
    split: str = ""  # of a data set
    source: str = ""  # as it stands in the settings

    @property
    def hub(self) -> str:
        """The name of a data set on the hub; "" for a path."""
        return self.path[len(HUB) :] if self.path.startswith(HUB) else ""

    @property
    def file(self) -> Path:
        """The path itself; ~ is the person's own folder."""
        try:
            return Path(self.path).expanduser()
        except RuntimeError as error:  # nobody of that name
            raise Trouble(
                f"There is nothing at {shown(self.path)}.", "Check the path, or choose another file."
            ) from error

    @property
    def choices(self) -> dict[str, str]:
        """Those that were made."""
        return {name: value for name in CHOICES if (value := getattr(self, name))}


CHOICES = tuple(field.name for field in fields(Place) if field.name not in ("path", "source"))


def place_of(source: str) -> Place:
    """The way back from `written`; Trouble for a choice there is none of. A path that exists is taken as it is."""
    path, sign, fragment = source.rpartition("#")
    if not sign or "=" not in fragment or _exists(source):
        return Place(source, source=source)
    pairs = (pair.partition("=") for pair in fragment.split("&"))
    choices = {name: unquote(value, errors="surrogateescape") for name, _, value in pairs}
    if unknown := set(choices) - set(CHOICES):
        raise Trouble(
            f"“{shown(min(unknown))}” cannot be chosen for {shown(path)}.",
            f"After the # may stand {', '.join(CHOICES[:-1])} and {CHOICES[-1]}, as in #column=body.",
        )
    return Place(path, **choices, source=source)


def written(place: Place) -> str:
    """As it stands in the settings."""
    fragment = urlencode(place.choices, quote_via=quote, errors="surrogateescape")
    return f"{place.path}#{fragment}" if fragment else place.path


def chosen(source: str, **choices: str) -> str:
    """The same source with other choices: `chosen("books.csv", column="body")`."""
    return written(replace(place_of(source), **choices))


def shown(name: str | Path) -> str:
    """A name as it can be printed and kept: what is no sign, or moves the line, becomes U+FFFD."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in str(name))


def _exists(source: str) -> bool:
    try:
        return os.path.lexists(os.path.expanduser(source))
    except ValueError:  # no path can be that
        return False
