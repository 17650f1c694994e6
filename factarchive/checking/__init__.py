"""Problems in content: one small file a family of rules."""
