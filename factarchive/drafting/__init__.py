"""Seeds to content: the machine reads an article, finds its claims and proposes; it never rules."""
