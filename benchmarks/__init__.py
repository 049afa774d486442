"""What measures speed and size; never run as a timed test."""
