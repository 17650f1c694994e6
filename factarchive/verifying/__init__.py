"""Verifiers: a callable of the newsroom's own that may propose; its answers are checked before anyone sees them."""
