"""The yearly report of a kring: tellen en vertellen (A-8, A-22)."""
