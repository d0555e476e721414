"""Forms: what a person fills in, in plain Dutch (B1), and what it says when something is wrong."""
