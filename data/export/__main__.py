"""``python -m data.export TABLE``: see :mod:`data.export.command`."""

import sys

from data.export.command import main

if __name__ == "__main__":
    sys.exit(main())
