"""The main pages at a size, beside a bare Django page on the same server in the same run."""
