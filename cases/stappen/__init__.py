"""What the rows of the table name: what must happen first, what is filled in, what else happens. A file per object."""
