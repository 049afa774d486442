"""The last step: every other reasonable reading of a claim is tried before it is flagged."""
