"""Where the curated inputs and the built tables live."""

import os
from pathlib import Path

CURATED = Path(__file__).parent / "curated"


def parquet_dir() -> Path:
    """Folder of the built tables; ``BILATERAL_PARQUET`` moves it (a read-only image, a test)."""
    return Path(os.environ.get("BILATERAL_PARQUET", Path(__file__).parent / "parquet"))
