"""What a person keeps of a list: its conditions under a name, and the columns that they want to see.

`searches` and `columns` read and write, `tokens` is what stands above a list, `views` are the pages.
"""

from apps.core.lists import permissions

__all__ = ["permissions"]
