"""Production settings are safe as they are, and say what is missing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as live
from django.core.checks import run_checks

from cms import deployment
from cms.settings import storage

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "Zk3-" + "q8Vw7TnB2xRy5Lp9" * 4,
    "SITE_ORIGIN": "https://maisons.example.org",
    "CONTENT_ORIGIN": "https://maisons-contenus.example.net",
    "SECURITY_CONTACT": "mailto:securite@example.org",
}


def manage(tmp_path, *arguments, **changes):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    wanted = {**kept, "VAR_DIR": str(tmp_path), **ENVIRONMENT, **changes}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={name: value for name, value in wanted.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_deployment_passes_every_check(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_a_careless_one_does_not(tmp_path):
    careless = {
        "SITE_ORIGIN": "http://maisons.example.org",
        "CONTENT_ORIGIN": "http://maisons.example.org:8443",
        "SECURITY_CONTACT": None,
    }
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **careless)
    assert done.returncode == 1
    for number in ("msap.E002", "msap.E004", "msap.W001"):
        assert number in done.stderr


@pytest.mark.slow
def test_production_does_not_start_without_its_secret(tmp_path):
    done = manage(tmp_path, "check", SECRET_KEY=None)
    assert done.returncode == 1
    assert "SECRET_KEY" in done.stderr


@pytest.mark.slow
def test_production_writes_json_and_keeps_its_cookies_to_its_host(tmp_path):
    script = (
        "import logging;from django.conf import settings as s;"
        "logging.getLogger('django').warning('mail to %s', 'a@example.org');"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.DEBUG)"
    )
    done = manage(tmp_path, "shell", "--no-imports", "-c", script)
    assert done.stdout.split() == ["__Host-session", "__Host-csrf", "True", "False"]
    line = json.loads(done.stderr.strip().splitlines()[-1])
    assert (line["level"], line["message"]) == ("WARNING", "mail to …")


def found(settings, **values):
    for name, value in values.items():
        setattr(settings, name, value)
    return {message.id for message in run_checks(include_deployment_checks=True, tags=["security"])}


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ({"CONTENT_ORIGIN": "http://localhost:9000"}, "msap.E002"),
        ({"SITE_ORIGIN": "maisons.example.org"}, "msap.E001"),
        ({"SITE_ORIGIN": "https://maisons.example.org/site"}, "msap.E001"),
        ({"MIDDLEWARE": live.MIDDLEWARE[1:]}, "msap.E003"),
        ({"SITE_ORIGIN": "http://a.example.org"}, "msap.E004"),
        ({"ALLOWED_HOSTS": ["*"]}, "msap.E005"),
        ({"SESSION_COOKIE_NAME": "sessionid"}, "msap.E006"),
        ({"SECURITY_CONTACT": "securite@example.org"}, "msap.W001"),
    ],
)
def test_each_mistake_is_named(settings, values, number):
    assert number in found(settings, **values)


def test_a_cache_of_one_process_is_refused(settings):
    assert [message.id for message in deployment.cache_is_shared()] == ["msap.E007"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
    assert deployment.cache_is_shared() == []


def test_files_are_in_folders_by_default(tmp_path):
    kinds = storage.storages(tmp_path)
    assert set(kinds) == {"default", "private", "packages"}
    assert kinds["private"]["OPTIONS"]["location"] == tmp_path / "private"
    assert storage.files_origins("bucket") == []


def test_a_bucket_takes_their_place_and_browsers_may_read_from_it(tmp_path, monkeypatch):
    from django.core.files.storage.handler import StorageHandler

    monkeypatch.setattr(storage, "S3_BUCKET", "msap")
    monkeypatch.setattr(storage, "S3_PACKAGES_BUCKET", "msap-packages")
    monkeypatch.setattr(storage, "S3_ENDPOINT_URL", "https://s3.example.net")
    monkeypatch.setattr(storage, "S3_ACCESS_KEY_ID", "key")
    monkeypatch.setattr(storage, "S3_SECRET_ACCESS_KEY", "secret")
    made = StorageHandler(storage.storages(tmp_path))
    assert made["private"].bucket_name == "msap" and made["private"].location == "private"
    assert made["packages"].bucket_name == "msap-packages"
    assert made["packages"].url("a/b.js").startswith("https://s3.example.net/msap-packages/")
    assert storage.files_origins("bucket") == ["https://s3.example.net"]
    monkeypatch.setattr(storage, "S3_ADDRESSING", "virtual")
    assert storage.files_origins("bucket") == ["https://msap.s3.example.net"]
    assert storage.files_origins("nginx") == []
