"""XLSForm workbooks: a form read from one, and a form written as one, with what could not be
carried told cell by cell.
"""
