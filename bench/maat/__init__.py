"""A database of the size of a samenwerkingsverband (S), of ten (M), or of the country (L), filled in minutes."""
