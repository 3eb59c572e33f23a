"""Who works where, and what they may do.

Owns: units with their validity and successors, people, their roles in periods, the bodies that decide, the fiscal
years with their roundings and calendar, the yearly workload survey, signing in and out. Every permission of the
portal rests on the roles kept here.
"""
