"""Whether a folder is a safe place for write-ahead logging: SQLite shares memory there, which two computers cannot.

A drive of the network has no such memory, and a program that synchronises a folder may copy the run file without its
log. A run is recorded there all the same, with a rollback journal and less often.
"""

import os
import sys
from pathlib import Path, PurePath
from urllib.parse import quote

NETWORK = {
    "9p", "acfs", "afpfs", "afs", "beegfs", "ceph", "cifs", "davfs", "drvfs", "fakeowner", "glusterfs", "gpfs",
    "grpcfuse", "lustre", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "orangefs", "osxfs", "prl_fs", "pvfs2", "smb",
    "smb2", "smb3", "smbfs", "sshfs", "vboxsf", "virtiofs", "vmhgfs", "webdav",
}  # fmt: skip
# of what runs outside the kernel, only these are a disk of this machine
LOCAL = {"fuseblk", "fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.fuse-overlayfs", "fuse.mergerfs", "fuse.bindfs"}
SYNCED = {  # how a folder on the way is called or begins, in small letters → by whom
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pclouddrive": "pCloud",
    "megasync": "MEGA",
    "cloudstorage": "a cloud service",
}
MARKS = {  # what lies in a folder that is synchronised
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".owncloudsync.log": "Nextcloud",
    ".nextcloudsync.log": "Nextcloud",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
}


def unsafe(folder: Path) -> str:
    """Why not, to follow “The run's folder …”; empty where all is well. The folder need not be there yet."""
    place = Path(os.path.realpath(folder))
    if kind := network(place):
        return f"is on a network drive ({kind})"
    if service := synced(place):
        return f"is synchronised by {service}"
    return ""


def network(place: Path) -> str:
    """The kind of the network's file system that a place is on, or nothing."""
    if str(place).startswith("\\\\"):
        return "UNC"
    mounts = [(Path(mount), kind) for mount, kind in reversed(_mounts()) if place.is_relative_to(mount)]
    kind = max(mounts, key=lambda mount: len(mount[0].parts), default=(place, ""))[1]
    abroad = kind in NETWORK or (kind.startswith("fuse") and kind not in LOCAL)
    return kind.removeprefix("fuse.") if abroad else ""


def synced(place: Path) -> str:
    """Who synchronises a place, as its path and what lies on the way say; or nothing."""
    for part in reversed(place.parts):
        for name, service in SYNCED.items():
            if part.lower().startswith(name):
                return service
    for parent in (place, *place.parents):
        for name, service in MARKS.items():
            if os.path.lexists(parent / name):
                return service
    return ""


def address(path: PurePath, how: str) -> str:
    """Of a file, absolute, for SQLite, which must not take the name of a computer (//school/pupils) for a host."""
    name = quote(os.fsencode(path.as_posix()))
    return f"file://{name if name.startswith('/') else '/' + name}?{how}"


def _mounts() -> list[tuple[str, str]]:
    """Where each file system is mounted, and its kind, in the order of mounting. Unknown is none."""
    import psutil  # loaded when it is needed

    try:
        partitions = psutil.disk_partitions(all=True)
    except (OSError, psutil.Error):
        return []
    remote = {p.mountpoint for p in partitions if sys.platform == "win32" and "remote" in p.opts.split(",")}
    return [(p.mountpoint, "smb" if p.mountpoint in remote else p.fstype.lower()) for p in partitions]
