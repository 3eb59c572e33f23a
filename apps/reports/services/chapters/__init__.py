"""What the records say, chapter by chapter. Each module fills the chapters of one source."""
