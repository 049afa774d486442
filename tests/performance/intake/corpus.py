"""The corpus of messy files: each small, built in code, with its expected outcome and totals."""

from tests.performance.intake import corpus_personal, corpus_text, corpus_values, corpus_workbooks
from tests.performance.intake.building import Case

CASES: list[Case] = [
    *corpus_text.CASES,
    *corpus_values.CASES,
    *corpus_personal.CASES,
    *corpus_workbooks.CASES,
]
