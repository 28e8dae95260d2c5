"""The curated words: what an entry is, where it lies, how a question finds it."""
