"""What people see first: headquarters' figures and everybody's own work.

Owns no records. Figures come from the registry, declared by the apps that own what they count.
"""
