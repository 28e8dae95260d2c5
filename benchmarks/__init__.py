"""Speed and memory: each figure beside its peer's in the same run, as a ratio. Never asserted in a test."""
