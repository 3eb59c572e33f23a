"""Reports: the mid-year report and its drafts, each made from one consistent moment."""
