"""Dutch dates as taaladvies.net writes them: 3 november 2026 in a sentence, 03-11-2026 in a table."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "d-m-Y"
DATETIME_FORMAT = "j F Y, H.i \\u\\u\\r"
TIME_FORMAT = "H.i"
USE_THOUSAND_SEPARATOR = False
