"""Content to Site: the files that people own, read into frozen values."""
