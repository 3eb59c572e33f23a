"""Where the city wants to be in ten and in three years, the policies that clear the way, and the plan to get there.

Owns the items of the comprehensive plan, visions, policies, initiatives with their milestones, dependencies and
indicators, and which hurdles hold a vision back, are resolved by a policy or cleared by an initiative.
"""
