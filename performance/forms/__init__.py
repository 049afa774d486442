"""The forms of performance's pages: what people may enter, and what is said where it cannot be."""
