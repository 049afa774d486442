"""What the product tells apps that it may not know of."""

from django.dispatch import Signal

# Sent once areas, agencies and the figures of the sample are there. Who listens loads its own facts, once.
sample_loaded = Signal()
