"""What holds of every case: z3 over exactly the answers that a form accepts."""

from satupintu.rules.readings.prove.proving import prove
from satupintu.rules.readings.prove.report import Report, Turn, Verdict

__all__ = ["Report", "Turn", "Verdict", "prove"]
