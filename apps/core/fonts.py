"""The fonts that PDF and charts are drawn with: they come with Python packages, so that no machine lacks them."""

from importlib.util import find_spec
from pathlib import Path

SANS = "Noto Sans CJK JP"  # regular and bold
SERIF = "Noto Serif JP"  # regular
_PACKAGES = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold", "pylopdf_fonts_jp")


def font_folders() -> list[str]:
    """The folders of the font files. A package that is not installed is a RuntimeError that names it."""
    return [str(_folder(package)) for package in _PACKAGES]


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the fonts of {package} are not installed")
    return Path(spec.origin).parent
