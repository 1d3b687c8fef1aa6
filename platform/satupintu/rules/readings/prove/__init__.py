"""What holds of every case: z3 over exactly the answers that a form accepts."""

from satupintu.rules.readings.prove.comparing import Comparison, compare
from satupintu.rules.readings.prove.proving import prove
from satupintu.rules.readings.prove.report import Report, Turn, Verdict

__all__ = ["Comparison", "Report", "Turn", "Verdict", "compare", "prove"]
