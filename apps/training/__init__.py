"""Which people are needed, and how they are trained: profiles with headcounts, plans over years, courses, sessions."""
