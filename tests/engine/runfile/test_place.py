"""Where a log beside the file is not safe: drives of the network and folders that a program synchronises."""

import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath

import psutil
import pytest

from engine.runfile import place
from engine.runfile.place import MARKS, address, network, synced, unsafe

Partition = namedtuple("Partition", "mountpoint fstype opts")
MOUNTS = [
    Partition("/", "ext4", "rw"),
    Partition("/home", "nfs4", "rw"),
    Partition("/home/ada/local", "ext4", "rw"),
    Partition("/mnt/share", "CIFS", "rw"),
    Partition("/mnt/stick", "fuseblk", "rw"),
    Partition("/mnt/far", "fuse.sshfs", "rw"),
    Partition("/mnt/odd", "fuse.something", "rw"),
    Partition("/mnt/twice", "ext4", "rw"),
    Partition("/mnt/twice", "nfs", "rw"),
]


@pytest.fixture(autouse=True)
def mounts(monkeypatch) -> None:
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: MOUNTS)  # noqa: A006 – psutil's name


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/runs", ""),
        ("/home/ada/runs/amber-heron", "nfs4"),
        ("/homes/ada", ""),
        ("/home/ada/local/runs", ""),
        ("/mnt/share", "cifs"),
        ("/mnt/stick/runs", ""),
        ("/mnt/far/runs", "sshfs"),
        ("/mnt/odd/runs", "something"),
        ("/mnt/twice", "nfs"),
    ],
)
def test_the_innermost_mount_counts(folder, kind):
    assert network(Path(folder)) == kind


def test_a_drive_letter_that_is_mapped_is_of_the_network(monkeypatch):
    monkeypatch.setattr(place.sys, "platform", "win32")
    remote = [Partition("/", "NTFS", "rw,fixed"), Partition("/z", "NTFS", "rw,remote")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: remote)  # noqa: A006
    assert network(Path("/z/runs")) == "smb"
    assert network(Path("/c/runs")) == ""


def test_a_path_that_names_another_computer_is_of_the_network():
    assert network(Path(r"\\school\pupils\runs")) == "UNC"


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/Users/ada/OneDrive - Some School/runs", "OneDrive"),
        ("/Users/ada/Dropbox (Personal)/runs", "Dropbox"),
        ("/Users/ada/Library/CloudStorage/GoogleDrive-ada@example.org/runs", "Google Drive"),
        ("/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/runs", "iCloud"),
        ("/home/ada/Nextcloud/runs", "Nextcloud"),
        ("/home/ada/my-nextcloud-notes/runs", ""),
        ("/home/ada/.local/share/terrarium/runs", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(folder, service):
    assert synced(Path(folder)) == service


@pytest.mark.parametrize(("mark", "service"), MARKS.items())
def test_or_by_what_lies_in_it(tmp_path, mark, service):
    run = tmp_path / "runs" / "amber-heron"
    assert not synced(run)
    (tmp_path / mark).touch()
    assert synced(run) == service


def test_what_is_said_is_half_a_sentence(tmp_path):
    assert unsafe(tmp_path / "run") == ""
    assert unsafe(Path("/mnt/far/run")) == "is on a network drive (sshfs)"
    (tmp_path / ".stfolder").mkdir()
    assert unsafe(tmp_path / "run") == "is synchronised by Syncthing"


def test_a_link_is_followed(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "runs").symlink_to(tmp_path / "Dropbox")
    assert unsafe(tmp_path / "runs" / "amber-heron") == "is synchronised by Dropbox"


@pytest.mark.parametrize("error", [OSError("no /proc here"), psutil.Error("no")])
def test_where_the_system_does_not_tell_all_is_well(monkeypatch, error):
    def refuse(all: bool) -> None:  # noqa: A002
        raise error

    monkeypatch.setattr(psutil, "disk_partitions", refuse)
    assert network(Path("/home/ada")) == ""


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (PurePosixPath("/runs/50 % of#it?/run.sqlite"), "file:///runs/50%20%25%20of%23it%3F/run.sqlite?mode=rw"),
        (PureWindowsPath(r"C:\runs\run.sqlite"), "file:///C%3A/runs/run.sqlite?mode=rw"),
        (PureWindowsPath(r"\\school\pupils\run.sqlite"), "file:////school/pupils/run.sqlite?mode=rw"),
    ],
)
def test_sqlite_is_told_of_a_file_in_a_way_that_names_no_host(path, written):
    assert address(path, "mode=rw") == written
    with (
        closing(sqlite3.connect(":memory:", uri=True)) as file,
        pytest.raises(sqlite3.OperationalError, match="unable to open"),
    ):
        file.execute("ATTACH ? AS other", (written,))


def test_any_name_of_a_folder_will_do(tmp_path):
    path = tmp_path / "50 % of#it?&mode=ro é" / "run.sqlite"
    path.parent.mkdir()
    sqlite3.connect(path).close()
    with closing(sqlite3.connect(address(path, "mode=rw"), uri=True)) as file:
        file.execute("CREATE TABLE made (x)")
    assert path.stat().st_size
