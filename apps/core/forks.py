"""Libraries with threads of their own, and processes made by `fork`.

typst and vl-convert start threads at their first work. A child inherits what they know of those threads, but not the
threads: it would wait for them for ever. So whoever uses such a library says so here first, and a process whose parent
had used it is refused at once. Workers are safe: their parent writes no documents.
"""

import os


class ThreadsLostInFork(RuntimeError):
    """This process was forked from one that had used the library already: here it would hang."""


class _Process:
    started: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()

    @classmethod
    def forked(cls) -> None:
        cls.started, cls.lost = frozenset(), cls.lost | cls.started


os.register_at_fork(after_in_child=_Process.forked)


def about_to_use(library: str) -> None:
    """To be called before the library starts to work. Raises ThreadsLostInFork."""
    if library in _Process.lost:
        raise ThreadsLostInFork(f"{library} worked in the parent of this process and would hang here.")
    _Process.started |= {library}
