"""base holds what never differs; development, production and testing say what does; one file for each concern."""
