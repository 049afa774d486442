"""How a text is read: its sentences, numbers, times, places and what they name."""
