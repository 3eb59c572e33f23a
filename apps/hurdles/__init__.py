"""The hurdle registry: what is in the way, who says so, whose it is, and how far it has come.

Owns: hurdles with their legal bases, affected units and themes, the lists of categories, themes and legal levels,
and the status flow of a hurdle.
"""
