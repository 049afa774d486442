"""What the figures say that a text is held against, and how near a number must be."""
