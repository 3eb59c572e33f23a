"""As whom a server runs: PostgreSQL refuses root and users without a passwd entry; the demo does not."""

import ctypes
import os
import pwd
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dxportal.embedded.errors import LauncherError

CLONE_NEWUSER = 0x10000000
LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Identity:
    """Whom a server's files belong to, and what its process does before it becomes the server."""

    name: str
    uid: int
    gid: int
    enter: Callable[[], None]


def choose_identity(binary: Path, data: Path, *, namespaces: bool | None = None) -> Identity:
    """The first identity that PostgreSQL accepts and that reaches its program and its data directory.

    `namespaces` forces (True) or forbids (False) user namespaces; None uses them where the kernel allows it.
    """
    if namespaces is not True and is_ordinary_user():
        return myself()
    for identity in candidates(data, namespaces):
        if reaches(identity, binary, data.parent):
            return identity
    raise LauncherError(
        "PostgreSQL does not run as this user, and no other user can reach both "
        f"{data.parent} and {binary.parent}. Run this as an ordinary user, or set DATABASE_URL. "
        "／このユーザーでは PostgreSQL を動かせません。"
        "一般ユーザーで実行するか、DATABASE_URL を設定してください。"
    )


def is_ordinary_user() -> bool:
    """True where PostgreSQL runs as it is: neither root nor a number without a name."""
    return os.geteuid() != 0 and entry_of_uid(os.geteuid()) is not None


def candidates(data: Path, namespaces: bool | None) -> Iterator[Identity]:
    """What may work for this user, best first; only root can become somebody else."""
    if namespaces is not False and hasattr(LIBC, "unshare"):
        yield in_user_namespace()
    if os.geteuid() != 0 or namespaces is True:
        return
    # The owner of the project comes first: under sudo, the files stay usable for the one who runs it without.
    names = [entry_of_uid(nearest_existing(data).stat().st_uid), *map(entry_of_name, ("postgres", "nobody"))]
    yield from (as_user(entry) for entry in names if entry is not None and entry.pw_uid != 0)


def myself() -> Identity:
    """The user as is."""
    return Identity("myself", os.geteuid(), os.getegid(), lambda: None)


def in_user_namespace() -> Identity:
    """The user as is to the file system, but under the name of somebody ordinary to the server itself."""
    inside = next((entry for entry in ordinary_entries()), None)
    uid, gid = os.geteuid(), os.getegid()

    def enter() -> None:
        if inside is None or LIBC.unshare(CLONE_NEWUSER) != 0:
            raise PermissionError("user namespaces are not available")
        write_map("setgroups", "deny")
        write_map("uid_map", f"{inside.pw_uid} {uid} 1")
        write_map("gid_map", f"{inside.pw_gid} {gid} 1")

    return Identity("namespace", uid, gid, enter)


def write_map(name: str, text: str) -> None:
    """Writes one of the process's own namespace files; runs between fork and exec."""
    descriptor = os.open(f"/proc/self/{name}", os.O_WRONLY)
    os.write(descriptor, text.encode())
    os.close(descriptor)


def as_user(entry: pwd.struct_passwd) -> Identity:
    """Another user, whom root becomes for good."""

    def enter() -> None:
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)

    return Identity(entry.pw_name, entry.pw_uid, entry.pw_gid, enter)


def ordinary_entries() -> Iterator[pwd.struct_passwd]:
    """Entries of the password file that are not root, nobody first."""
    nobody = entry_of_name("nobody")
    if nobody is not None:
        yield nobody
    yield from (entry for entry in pwd.getpwall() if entry.pw_uid != 0)


def entry_of_uid(uid: int) -> pwd.struct_passwd | None:
    """The passwd entry of a number, if there is one."""
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def entry_of_name(name: str) -> pwd.struct_passwd | None:
    """The passwd entry of a name, if there is one."""
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def reaches(identity: Identity, binary: Path, directory: Path) -> bool:
    """Tries it: enters the directory and runs the program as that identity."""
    command = [
        "/bin/sh",
        "-c",
        'cd "$1" && "$2" --version',
        "sh",
        str(nearest_existing(directory)),
        str(binary),
    ]
    try:
        answer = subprocess.run(command, preexec_fn=identity.enter, capture_output=True, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.returncode == 0


def nearest_existing(path: Path) -> Path:
    """The path itself or the nearest directory above it that exists."""
    return next(place for place in (path, *path.parents) if place.exists())


def hand_over(directory: Path, identity: Identity) -> None:
    """Gives a directory, made perhaps by another user, to the identity that opens it now."""
    owner = directory.stat().st_uid
    if owner == identity.uid:
        return
    if os.geteuid() != 0:
        raise LauncherError(
            f"{directory} belongs to another user (uid {owner}). Run this as that user, or as root: "
            f"chown -R {identity.uid} '{directory.parent}'. "
            "／別のユーザーのデータです。そのユーザーで実行するか、所有者を変更してください。"
        )
    # The directory itself goes last: after a kill in between, the next start sees the old owner and repeats.
    for place in sorted(directory.rglob("*"), reverse=True):
        os.chown(place, identity.uid, identity.gid, follow_symlinks=False)
    os.chown(directory, identity.uid, identity.gid)


def give_back(directory: Path, owner_of: Path) -> None:
    """After a run as root in another user's project, gives that user what root has made there."""
    owner = owner_of.stat()
    if os.geteuid() != 0 or owner.st_uid == 0 or not directory.exists():
        return
    for place in (directory, *directory.rglob("*")):
        if place.lstat().st_uid == 0:
            os.chown(place, owner.st_uid, owner.st_gid, follow_symlinks=False)
