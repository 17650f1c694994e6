"""The door: `python build.py` drafts new seeds and builds the archive that this file stands in."""

import sys
from pathlib import Path

from factarchive.cli import main

sys.exit(main(root=Path(__file__).parent))
