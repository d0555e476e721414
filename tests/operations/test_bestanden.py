"""Every file in the paper is read by the program that will read it; a mistake in one is seen."""

import datetime
import re
import runpy
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from expertteam import instellingen
from tests.operations import papier

ROOT = Path(__file__).parents[2]
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
ANALYZE = shutil.which("systemd-analyze")
UNITS = {Path(path).name: content for path, content in papier.files().items() if "systemd" in path}


def verify(folder, units):
    """What systemd says about these units."""
    script = folder / "expertteam"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    for name, content in units.items():
        content = content.replace("/usr/local/sbin/expertteam", str(script)).replace("/srv/expertteam/app", str(ROOT))
        (folder / name).write_text(re.sub(r"^(User=|EnvironmentFile=).*\n", "", content, flags=re.MULTILINE))
    # one at a time, a template by an instance of it
    told = ""
    for name in units:
        call = [ANALYZE, "verify", "--man=no", str(folder / name.replace("@.", "@x."))]
        done = subprocess.run(call, capture_output=True, text=True, env={"SYSTEMD_UNIT_PATH": f"{folder}:"})
        told += "".join(line for line in done.stderr.splitlines(True) if str(folder) in line or "expertteam" in line)
    return told


@pytest.mark.skipif(not ANALYZE, reason="systemd-analyze is not installed")
def test_systemd_understands_every_unit(tmp_path):
    assert set(UNITS) == {
        "expertteam-web.service", "expertteam-worker.service", "expertteam-scan.service", "expertteam-scan.timer",
        "expertteam-nacht.service", "expertteam-nacht.timer", "expertteam-alarm@.service",
    }  # fmt: skip
    assert verify(tmp_path, UNITS) == ""


@pytest.mark.skipif(not ANALYZE, reason="systemd-analyze is not installed")
@pytest.mark.parametrize(("right", "wrong"), [
    ("Type=oneshot", "Type=eenmaal"), ("NoNewPrivileges", "NoNewPrivilege"), ("OnCalendar=*:0/5", "OnCalendar=soms"),
    ("ExecStart=/usr/bin/logger", "ExecStart=/usr/bin/bestaat-niet"),
])  # fmt: skip
def test_a_mistake_in_a_unit_is_seen(tmp_path, right, wrong):
    assert verify(tmp_path, {name: content.replace(right, wrong) for name, content in UNITS.items()}) != ""


def certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "expertteam.example.nl")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(days=1))
    (folder / "cert.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(*form))


def nginx(folder, content):
    """(ends well, what it says) of nginx, asked to read this."""
    certificate(folder)
    content = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", str(folder / "cert.pem"), content)
    content = re.sub(r"/etc/letsencrypt/\S+/privkey.pem", str(folder / "key.pem"), content)
    content = content.replace("/var/log/nginx/", f"{folder}/")
    conf = folder / "nginx.conf"
    conf.write_text(f"pid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\n{content}\n}}\n")
    done = subprocess.run([NGINX, "-t", "-q", "-p", folder, "-c", conf], capture_output=True, text=True)
    return done.returncode == 0, done.stderr


@pytest.mark.skipif(not NGINX, reason="nginx is not installed: apt-get install nginx-light")
def test_nginx_understands_its_file(tmp_path):
    content = papier.files()["/etc/nginx/conf.d/expertteam.conf"]
    assert nginx(tmp_path, content) == (True, "")
    right, said = nginx(tmp_path, content.replace("proxy_read_timeout", "proxy_lees_timeout"))
    assert (right, "proxy_lees_timeout" in said) == (False, True)


def test_the_proxy_passes_what_the_settings_count_on():
    content = papier.files()["/etc/nginx/conf.d/expertteam.conf"]
    for header in ("Host $host", "X-Forwarded-Proto https", "X-Forwarded-For $remote_addr", "X-Request-ID $request_id"):
        assert content.count(f"proxy_set_header {header};") == 1
    assert int(re.search(r"client_max_body_size (\d+)m", content)[1]) > 10 * 10  # ten files of ten MB
    assert "TLSv1.2 TLSv1.3;" in content
    assert "$request_uri" not in content.partition("listen 443")[2]  # no address of a page in a log
    assert not re.search(r"log_format[^;]*(\$request[ \"]|\$uri|\$args|\$http_referer)", content)


def test_every_setting_in_the_paper_exists_and_production_starts_with_them():
    said = papier.settings()
    known = {name for name, *_ in instellingen.variables((ROOT / instellingen.SOURCE).read_text())}
    assert {name for lines in said.values() for name in lines} - known == set()
    required = set(re.findall(r"^\| `(\w+)` \| [^|]*\| required", instellingen.text(), re.MULTILINE))
    assert required | {"DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS"} <= said["/etc/expertteam/web.env"].keys()
    assert "DATABASE_OWNER_URL" not in said["/etc/expertteam/web.env"]


def test_the_reference_of_settings_is_what_the_settings_say():
    assert (ROOT / "docs" / "settings.md").read_text() == instellingen.text()
    for _, what, _, why in instellingen.variables((ROOT / instellingen.SOURCE).read_text()):
        assert what
        assert why, "a setting without a comment"
    assert settings.OIDC_NAMES  # their names are made of two parts


@pytest.mark.parametrize(("line", "row"), [
    ('X = env.str("X", "a")  # what for', ("X", "text", "a", "what for")),
    ('X = env.int("X", 0 if DEBUG else 1)  # so many', ("X", "number", "1", "so many")),
    ('X = env.str("X")  # must', ("X", "text", "required", "must")),
    ('# all of these\nX = env.bool("X", not DEBUG)', None),
])  # fmt: skip
def test_a_setting_is_read_as_it_is_written(line, row):
    assert [*instellingen.variables(line)] == [row or ("X", "1 or 0", "1", "all of these")]


def test_the_container_starts_what_the_unit_starts():
    image = (ROOT / "Containerfile").read_text()
    unit = re.search(r"ExecStart=\S+granian (.*)", UNITS["expertteam-web.service"])[1]
    for word in ("--interface wsgi", "--workers 2", "--blocking-threads 2", "--respawn-failed-workers"):
        assert word in unit
        assert ", ".join(f'"{part}"' for part in word.split()) in image
    assert "NOT BUILT OR RUN" in image
    copied = {line.split()[1] for line in image.splitlines() if line.startswith("COPY") and line.split()[2] != "."}
    assert {path for path in copied if not (ROOT / path).exists()} == set()


def test_what_it_is_made_of_is_every_package_of_the_lock_with_its_digests():
    made = runpy.run_path(str(ROOT / ".ci" / "sbom.py"))["bom"](ROOT)
    lock = (ROOT / "requirements.lock").read_text()
    assert [f"{part['name']}=={part['version']}" for part in made["components"]] == re.findall(
        r"^[\w.-]+==[^ ]+", lock, re.MULTILINE
    )
    digests = [p["value"] for part in made["components"] for p in part["properties"] if p["name"] == "lock:sha256"]
    assert digests == re.findall(r"--hash=sha256:(\w+)", lock)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
