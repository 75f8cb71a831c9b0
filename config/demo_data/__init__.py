"""A season of the machine reimbursement, invented from end to end, so that every screen has life.

Everything in it is done by the same workflow functions that the pages call. All names are made up
and say so: they end in “Contoh”.
"""
