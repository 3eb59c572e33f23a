"""The money: what a section asks for, who pays, and the request that goes to the finance section.

Owns: accounts and classifications of the budget, expense items (節) by year, grant programmes, proposals with
their cost lines in yen and request lines in 千円, funding, later burdens, and the budget-request export.
"""
