"""What people never type, but machines do: odd values, hosts, queries, headers, files."""

HOST = "expertteam.example"
METHODS = ["GET"] * 9 + ["POST"] * 11 + ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "VREEMD"]
ODD = [
    "", " ", "0", "-1", "1e309", "9" * 30, "NaN", "True", "\0", "a\0b", "\u202etekst", "\u200b", "🙂" * 50, "\ud800",
    "a" * 61, "é" * 501, "a" * 1501, "a" * 3001, "<script>alert(1)</script>", "' OR 1=1 --", '"; DROP TABLE x; --',
    "\\", "%", "%00", "%s%s%n", "../../etc/passwd", "{{7*7}}", "{% debug %}", "${7*7}", "a\r\nX-Ingespoten: ja",
    "\x1b[31mrood", "31-02-2020", "0000-00-00", "10000-01-01", "9999-12-31", "٣", "Ⅷ", "1_0", "--", "a" * 70_000,
    '{"a": 1}', "[]", "None", "=1+1", "\ufeff", "ﬁ", "I\u0307", "x\u0301" * 40,
]  # fmt: skip
SOUND = [
    "vandaag",
    "27-03-2017",
    "2026-01-05",
    "1",
    "2",
    "60",
    "ja",
    "nee",
    "Hoe verder?",
    "on",
    "True",
    "https://x.nl",
]
AWAY = [
    "//elders.example", "///elders.example", "////elders.example", "https://elders.example/", "HTTPS://elders.example",
    "https:elders.example", "https:/elders.example", "https:///elders.example", "http:\\\\elders.example",
    "\\\\elders.example", "/\\elders.example", "\\/elders.example", "/\\/elders.example", "/%09/elders.example",
    "/\t/elders.example", "/\n/elders.example", "/\r/elders.example", "\t//elders.example", " //elders.example",
    "\x01https://elders.example", "\0//elders.example", "\xa0//elders.example", "//elders.example%2f..",
    f"https://{HOST}@elders.example", f"https://{HOST}:x@elders.example", f"https://{HOST}.elders.example",
    f"//elders.example\\@{HOST}", f"//elders.example#@{HOST}", f"//elders.example?{HOST}",
    f"https://{HOST}%00.elders.example",
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x",
    "／／elders.example", "https://elders。example", "//elders。example", "/\r\nX-Ingespoten: ja",
    "/%0d%0aX-Ingespoten: ja",
    "http://[::1", "//[", "ftp://elders.example", "file:///etc/passwd", "//\\@elders.example",
    "//3232235777", "//0x7f.1",
]  # fmt: skip
HOSTS = [
    "elders.example", "", "a", f"{HOST}:443", f"{HOST}:x", f"{HOST}.", f"{HOST}@elders.example", "[::1", "127.0.0.1",
    f"elders.example/{HOST}", f"{HOST}, elders.example", "é.nl", "a" * 5000, "localhost", ".", f"x.{HOST}",
]  # fmt: skip
QUERIES = [
    "pagina=1000000000", "pagina=-1", "pagina=%00", "pagina=a", "status=%27", "maand=9999-12", "maand=0001-01",
    "maand=2026-13", "school=%ff", "kring=%00", "jaar=99999999999999", "a[]=1&a[]=2", "%", "=", "&&&",
    "q=" + "a" * 5000,
    "_changelist_filters=%00", "o=999999", "p=-1", "q=%00", "id__exact=%00", "all=", "_popup=1", "e=1", "id__in=,,",
    "user__password__startswith=a", "user__id__exact=x", "_to_field=password",
]  # fmt: skip
TYPES = [
    "application/json", "multipart/form-data", "multipart/form-data; boundary=" + "x" * 300, "text/plain", "",
    "application/x-www-form-urlencoded; charset=utf-16", "application/x-www-form-urlencoded; charset=bestaat-niet",
]  # fmt: skip
FILES = {
    "brief.pdf": b"%PDF-1.4\n%%EOF", "../../x.pdf": b"%PDF-", "leeg.pdf": b"", "a.docx": b"PK\x03\x04kapot",
    "plaatje.png": b"\x89PNG\r\n\x1a\nkapot", "x.html": b"<script>alert(1)</script>", "a\u202efdp.exe": b"MZ",
    "a" * 400 + ".pdf": b"%PDF-", "nul\0.pdf": b"%PDF-",
}  # fmt: skip
SUBMIT = ["bewaar", "verder", "volgende", "zeker", "_save", "_continue", "_addanother", "post", "action"]
HEADERS = [
    ("X-Forwarded-Host", "elders.example"), ("X-Forwarded-For", "1.2.3.4, 5.6.7.8"), ("X-Forwarded-For", "'"),
    ("X-Forwarded-For", "\x00"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-Port", "x"), ("Forwarded", "host=x"),
    ("X-Original-URL", "/beheer/"), ("X-HTTP-Method-Override", "DELETE"), ("HX-Request", "true"), 
    ("Range", "bytes=9-1"),
    ("HX-Current-URL", "%ff\xff"), ("Accept-Language", "x" * 9000), ("User-Agent", "\x1b[31m{}\"'"), ("Origin", "null"),
    ("Origin", "https://elders.example"), ("Referer", "https://elders.example/"), ("Referer", "//[::"), 
    ("X-Lang", "y" * 60_000),
    ("Accept-Encoding", "gzip;q=x, *"), ("If-Modified-Since", "gisteren"), ("If-None-Match", '"'), ("Expect", "iets"),
    ("Script-Name", "/x"), ("X-CSRFToken", "\xff"), ("Content-Encoding", "gzip"), ("Cookie", "a=\x80; b"),
]  # fmt: skip
PATHS = [
    "{path}", "/{path}/", "{path}/%zz", "{path}/%c0%ae", "{path}%00/", "{path}/;a=b", "{path}/%0d%0aX-Ingespoten:%20ja",
    "/.git/config", "/static/../manage.py", "/static/%2e%2e/manage.py", "/static/site.css", "*", "/%ff%fe/",
    "//elders.example/x",
    "/%EF%BC%8F/", "/robots.txt", "/" + "a" * 9000 + "/", "http://elders.example/",
]  # fmt: skip
