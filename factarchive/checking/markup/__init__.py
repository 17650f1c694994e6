"""Problems in the markup of pages, ours or anyone's: one small file a family of rules."""
