"""The acceptance table of the demo city: `demo/test_edge_cases.yaml`."""

from pathlib import Path
from typing import Any

import yaml

EDGE_CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "demo" / "test_edge_cases.yaml").read_text(encoding="utf-8")
)
