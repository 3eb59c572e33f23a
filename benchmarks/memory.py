"""How much memory some work takes, measured in this process alone.

Not by `ru_maxrss`: a child begins with that of the process that started it, and what was freed long ago stays in it.
"""

from pathlib import Path

STATUS = Path("/proc/self/status")
REFERENCES = Path("/proc/self/clear_refs")
FORGET_PEAK = "5"


def held_kb() -> int:
    """What the process holds now; its peak begins here anew."""
    REFERENCES.write_text(FORGET_PEAK)
    return peak_kb()


def peak_kb() -> int:
    """The most that the process has held since it began, or since `held_kb`."""
    lines = STATUS.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
