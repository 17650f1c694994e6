"""The door: `python build.py` drafts new seeds and builds the archive."""

import sys

from factarchive.cli import main

sys.exit(main())
