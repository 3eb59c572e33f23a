"""Locks of the kernel on files: they end with the process that holds them, however it ends."""

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path


@contextlib.contextmanager
def try_lock(path: Path, owner: str) -> Iterator[bool]:
    """Takes the lock if it is free and says so; others may read who the owner is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        taken = flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if taken:
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{owner} (process {os.getpid()})".encode())
        yield taken
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def shared_lock(path: Path) -> Iterator[None]:
    """Counts the holder among the users of something, for as long as it uses it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def lock_when_unused(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Waits until nobody holds the shared lock, and keeps new ones out; `waiting` tells about a wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB):
            waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def flock(descriptor: int, operation: int) -> bool:
    """True where the lock was free."""
    try:
        fcntl.flock(descriptor, operation)
    except BlockingIOError:
        return False
    return True


def owner_of(path: Path) -> str:
    """Who holds the lock, in the holder's own words."""
    try:
        return path.read_text().strip()
    except OSError:
        return ""
