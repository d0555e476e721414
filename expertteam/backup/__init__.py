"""A copy of the database that is proved when it is made, and proved again when it is put back."""


class Refused(Exception):
    """This is no backup that somebody could live from; the text says why."""
