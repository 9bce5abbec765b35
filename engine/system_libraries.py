"""Which of the system's own libraries Qt needs on Linux, and how to get them.

Needs nothing but the standard library, because the set-up runs it before anything is installed.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Needed(NamedTuple):
    """One thing that Qt looks for, and the package that brings it in each family of systems."""

    file: str  # a shared library, or the start of a font's file name
    debian: str
    fedora: str
    arch: str
    for_window: bool = False  # only to open a window under X11; drawing without a screen works without


LIBRARIES = (
    Needed("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Needed("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Needed("libX11.so.6", "libx11-6", "libX11", "libx11"),
    Needed("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Needed("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Needed("libfreetype.so.6", "libfreetype6", "freetype", "freetype2"),
    Needed("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Needed("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Needed("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Needed("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11", True),
    Needed("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11", True),
    Needed("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor", True),
    Needed("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm", True),
    Needed("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image", True),
    Needed("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms", True),
    Needed("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb", True),
    Needed("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil", True),
    Needed("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb", True),
    Needed("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb", True),
    Needed("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb", True),
    Needed("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb", True),
    Needed("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb", True),
)
ANY_FONT = Needed("", "fonts-dejavu-core", "dejavu-sans-fonts", "ttf-dejavu")
FONTS = (
    Needed("Inter", "fonts-inter", "rsms-inter-fonts", "inter-font"),
    Needed("JetBrainsMono", "fonts-jetbrains-mono", "jetbrains-mono-fonts", "ttf-jetbrains-mono"),
)
INSTALLERS = {
    "debian": ("apt-get", "install", "-y", "-q", "--no-install-recommends"),
    "fedora": ("dnf", "install", "-y", "-q"),
    "arch": ("pacman", "-S", "--needed", "--noconfirm"),
}


def missing() -> list[Needed]:
    """What Qt needs and this system lacks; nothing outside Linux, where Qt brings everything along."""
    if not sys.platform.startswith("linux"):
        return []
    lacking = [library for library in LIBRARIES if not _loads(library.file)]
    return lacking if any(_font_files()) else [*lacking, ANY_FONT]


def missing_fonts() -> list[Needed]:
    """Which of the two fonts of the design are not there; others stand in for them."""
    if not sys.platform.startswith("linux"):
        return []
    names = [path.name for path in _font_files()]
    return [font for font in FONTS if not any(name.startswith(font.file) for name in names)]


def family() -> str | None:
    """The family of this system: the one whose installer is here."""
    return next((name for name, command in INSTALLERS.items() if shutil.which(command[0])), None)


def packages(things: list[Needed], system: str) -> list[str]:
    """Their packages in one family of systems, each once."""
    return sorted({str(getattr(thing, system)) for thing in things})


def advice(things: list[Needed]) -> str:
    """The one line that installs them."""
    system = family()
    if system is None:
        return "Install with your system's packages: " + ", ".join(thing.file or "a font" for thing in things)
    return " ".join(("sudo", *INSTALLERS[system], *packages(things, system)))


def install(things: list[Needed]) -> bool:
    """Install their packages if that needs no password; says whether the installer was content."""
    system = family()
    may = _permission() if system else None
    if system is None or may is None:
        return False
    command = [*may, *INSTALLERS[system], *packages(things, system)]
    if _runs(command):
        return True
    # a fresh Debian has no list of packages yet
    return system == "debian" and _runs([*may, "apt-get", "update", "-q"]) and _runs(command)


def _permission() -> list[str] | None:
    """What stands before the installer, or None if it would ask for a password."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and _runs(["sudo", "-n", "true"]) else None


def _runs(command: list[str]) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=quiet, check=False)
    return done.returncode == 0


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def _font_files() -> Iterator[Path]:
    home = Path.home()
    for folder in (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    ):
        for place, _, names in os.walk(folder):
            yield from (Path(place, name) for name in names if name.lower().endswith((".ttf", ".otf", ".ttc")))
