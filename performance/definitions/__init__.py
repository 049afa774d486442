"""Definitions are data, not code: returns, indicators, code lists, scorecard. This module only knows where they lie."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
