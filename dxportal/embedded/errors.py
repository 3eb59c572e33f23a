"""What goes wrong before Django runs is told to the user in one line."""


class LauncherError(Exception):
    """One line that says what happened and what to do, without a traceback."""
