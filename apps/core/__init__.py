"""What every room stands on, without one business word.

Owns: base models with their version and archive mark, numbers, history with actor and reason, status flows as
tables, permissions as a table, the registries by which an upper app shows something on a lower app's page, the
clock, fiscal years and wareki, money in its two units, Japanese search keys, writers of tables, and the bases of
list, detail and form pages. It knows no other app.
"""
