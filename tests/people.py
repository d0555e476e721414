"""People and cases for the tests. Every name is invented."""
