"""What is missing is found by trying, and installed only where nobody has to be asked."""

import subprocess

import pytest

from engine import system_libraries
from engine.system_libraries import ANY_FONT, FONTS, INSTALLERS, LIBRARIES, Needed, advice, install, missing, packages

NOWHERE = Needed("libterrarium-nowhere.so.9", "libnowhere9", "nowhere", "nowhere")


@pytest.fixture
def linux(monkeypatch) -> None:
    monkeypatch.setattr(system_libraries.sys, "platform", "linux")


@pytest.fixture
def ran(monkeypatch, linux) -> list[list[str]]:
    """Commands that would have been run; the first installation fails, as on a fresh Debian."""
    commands: list[list[str]] = []

    def run(command: list[str], **_options) -> subprocess.CompletedProcess:
        commands.append(command)
        first = command[-1] == "libnowhere9" and len([c for c in commands if c == command]) == 1
        return subprocess.CompletedProcess(command, 100 if first else 0)

    monkeypatch.setattr(system_libraries.subprocess, "run", run)
    monkeypatch.setattr(system_libraries, "family", lambda: "debian")
    monkeypatch.setattr(system_libraries.os, "geteuid", lambda: 0, raising=False)
    return commands


def test_a_library_that_cannot_be_loaded_is_missing(monkeypatch, linux):
    monkeypatch.setattr(system_libraries, "LIBRARIES", (NOWHERE,))
    assert NOWHERE in missing()


def test_a_system_without_any_font_needs_one(monkeypatch, linux):
    monkeypatch.setattr(system_libraries, "LIBRARIES", ())
    monkeypatch.setattr(system_libraries, "_font_files", lambda: iter(()))
    assert missing() == [ANY_FONT]
    assert system_libraries.missing_fonts() == list(FONTS)


def test_outside_linux_nothing_is_ever_missing(monkeypatch):
    monkeypatch.setattr(system_libraries.sys, "platform", "darwin")
    monkeypatch.setattr(system_libraries, "LIBRARIES", (NOWHERE,))
    assert missing() == []
    assert system_libraries.missing_fonts() == []


def test_every_library_has_a_package_in_every_family():
    for thing in (*LIBRARIES, ANY_FONT, *FONTS):
        for system in INSTALLERS:
            assert packages([thing], system)[0]


def test_the_advice_is_one_line_that_names_each_package_once(monkeypatch):
    monkeypatch.setattr(system_libraries, "family", lambda: "debian")
    line = advice([NOWHERE, NOWHERE])
    assert line.startswith("sudo apt-get install ")
    assert line.count("libnowhere9") == 1
    assert "\n" not in line


def test_an_unknown_system_is_told_what_to_look_for(monkeypatch):
    monkeypatch.setattr(system_libraries, "family", lambda: None)
    assert NOWHERE.file in advice([NOWHERE])
    assert not install([NOWHERE])


def test_root_installs_and_fetches_the_list_of_packages_when_there_is_none(ran):
    assert install([NOWHERE])
    assert [command[1] for command in ran] == ["install", "update", "install"]


def test_whoever_would_be_asked_for_a_password_installs_nothing(monkeypatch, ran):
    monkeypatch.setattr(system_libraries.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(system_libraries.shutil, "which", lambda _name: None)
    assert not install([NOWHERE])
    assert ran == []
