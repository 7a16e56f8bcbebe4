"""Where the curated inputs and the built tables live."""

import os
from pathlib import Path

DATA = Path(__file__).parent


def curated_dir() -> Path:
    """Folder of the curated tables; ``BILATERAL_CURATED`` moves it (tables of another vintage, a test)."""
    return Path(os.environ.get("BILATERAL_CURATED", DATA / "curated"))


def parquet_dir() -> Path:
    """Folder of the built tables; ``BILATERAL_PARQUET`` moves it (a read-only image, a test)."""
    return Path(os.environ.get("BILATERAL_PARQUET", DATA / "parquet"))
