"""The doctor says what is there, what is not, and what to do; a crash is a finding."""

import json

import pytest

from engine import doctor
from engine.doctor import Finding, attempt, examine, report, scarcity, unsound
from engine.system_libraries import LIBRARIES

KILLED = "import os, signal; print('last words', flush=True); os.kill(os.getpid(), signal.SIGKILL)"


@pytest.fixture
def quick(monkeypatch) -> None:
    """Without starting torch and Qt, which take seconds."""
    monkeypatch.setattr(doctor, "TRY_TORCH", 'print(\'{"threads": 2, "device": "CPU"}\')')
    monkeypatch.setattr(doctor, "TRY_WINDOW", 'print(\'{"platform": "offscreen", "screen": "800 x 600"}\')')


def findings() -> dict[str, Finding]:
    return {finding.topic: finding for finding in examine()}


@pytest.mark.usefixtures("quick")
def test_it_looks_at_everything_and_everything_it_finds_wrong_has_advice():
    found = findings()
    assert {"Python", "torch", "Processor", "Device", "Memory", "Disk", "Runs", "Assets", "Window"} <= set(found)
    assert all(finding.advice for finding in found.values() if finding.state != "fine")


def test_formats_that_need_more_packages_are_told_with_the_way_to_them(monkeypatch):
    assert doctor.readers().state == "fine"
    assert "Parquet" in doctor.readers().found
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name in ("pypdf", "pyarrow") else name)
    lacking = doctor.readers()
    assert "PDF" not in lacking.found
    assert "zstd" in lacking.found
    assert lacking.advice.endswith('"lm-terrarium[data,pdf]"')


def test_torch_and_qt_really_work_here():
    (works, device), (window,) = doctor.torch(), doctor.window()
    assert works.state == "fine"
    assert device.found
    assert window.state == "fine"
    assert "offscreen" in window.found


def test_a_process_that_crashes_is_a_finding():
    assert attempt(KILLED).trouble.startswith("crashed")


def test_a_process_that_raises_says_its_last_line():
    assert attempt("raise ImportError('no such library')") == ({}, "ImportError: no such library")


def test_a_process_that_hangs_is_given_up(monkeypatch):
    monkeypatch.setattr(doctor, "PATIENCE", 0.01)
    assert "no answer" in attempt("import threading; threading.Event().wait()").trouble


def test_a_torch_that_cannot_be_loaded_is_a_problem(monkeypatch):
    monkeypatch.setattr(doctor, "TRY_TORCH", "raise OSError('libtorch is broken')")
    (finding,) = doctor.torch()
    assert (finding.state, finding.found) == ("problem", "OSError: libtorch is broken")


@pytest.mark.parametrize(
    ("version", "state"),
    [("6.10.3", "fine"), ("6.8.3", "fine"), ("6.12.0", "problem"), ("6.9.1", "problem"), ("6.5.0", "problem")],
)
def test_versions_of_qt_that_crash_are_problems(version, state):
    assert unsound("PySide6-Essentials", version)[0] == state
    assert unsound("torch", version) == ("fine", "")


def test_without_qt_training_still_works(monkeypatch):
    assert doctor.absent("PySide6-Essentials").state == "note"
    assert doctor.absent("torch").state == "problem"
    monkeypatch.setattr(doctor, "absent_qt", lambda: True)
    assert list(doctor.window()) == []


@pytest.mark.parametrize(("gigabytes", "state"), [(20, "fine"), (1, "note"), (0.1, "problem")])
def test_little_memory_is_a_note_and_too_little_a_problem(gigabytes, state):
    assert scarcity("Memory", "words", gigabytes, "advice").state == state


def test_a_library_only_windows_need_is_a_note_and_another_a_problem(monkeypatch):
    for library in LIBRARIES:
        monkeypatch.setattr(doctor.system_libraries, "missing", lambda library=library: [library])
        found = next(doctor.libraries())
        assert found.state == ("note" if library.for_window else "problem")
        assert library.file in found.found


def test_a_folder_that_cannot_be_written_is_a_problem(monkeypatch):
    monkeypatch.setattr(doctor.os, "access", lambda _path, _mode: False)
    assert all(finding.state == "problem" and finding.advice for finding in doctor.folders())


def test_looking_makes_no_folder(own_folders):
    list(doctor.folders())
    doctor.disk()
    assert not own_folders.exists()


def test_the_report_has_the_advice_below_the_finding_and_closes_with_a_sentence():
    lines = report([Finding("Disk", "1 GB"), Finding("Memory", "none", "problem", "Buy some.")]).splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["fine", "problem"]
    assert lines[2].endswith("> Buy some.")
    assert lines[-1].startswith("Problems: 1.")
    assert report([Finding("Disk", "1 GB")]).endswith("Everything that is needed works.")


@pytest.mark.usefixtures("quick")
def test_json_is_one_object_and_the_exit_code_says_the_same(capsys, monkeypatch):
    monkeypatch.setattr(doctor, "examine", lambda: [Finding("Disk", "full", "problem", "Make room.")])
    assert doctor.doctor(json=True) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["works"] is False
    assert said["findings"][0]["advice"] == "Make room."
