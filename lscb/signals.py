"""What the product tells apps that it may not know of."""

from django.dispatch import Signal

# Sent once areas, agencies and the figures of the sample are there. Who listens loads its own facts, once.
sample_loaded = Signal()

# Sent after that, when every app has its own facts: who listens may link them to those of others.
sample_complete = Signal()
