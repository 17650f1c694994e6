"""factarchive: a static site generator for Arabic fact-check archives."""

__version__ = "0.1.0"
