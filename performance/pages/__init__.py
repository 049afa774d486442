"""What pages and papers say: plain dataclasses and figures, made of what queries read. No database of their own."""
