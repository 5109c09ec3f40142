"""After a publication no process serves an old page: two real servers, one database, one cache."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings

from bulletin import factories, services
from bulletin.models import ArticlePage
from cms.factories import StandardPageFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
PUBLICATIONS = 8


class Server:
    """gunicorn, as in production, on a port of its own."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "cms.wsgi", "--log-level", "error"],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.support.served",
                "WEB_BIND": f"127.0.0.1:{self.port}",
                "WEB_PROCESSES": "1",
            },
        )

    def wait(self):
        for _ in range(600):
            try:
                return self.get("/healthz")
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the server did not start")

    def get(self, path):
        """(text, whether it was a kept page)"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Host": "localhost"})
            response = connection.getresponse()
            text = response.read().decode()
            assert response.status in {200, 404}, text[:500]
            return text, response.headers.get("X-Page-Cache") == "hit"
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture
def servers():
    shutil.rmtree(Path(settings.VAR_DIR) / "served-cache", ignore_errors=True)
    running = [Server(), Server()]
    try:
        for server in running:
            server.wait()
        yield running
    finally:
        for server in running:
            server.stop()


def keep_reading(servers, path, stop):
    """A crowd, so that pages are made and kept at every moment around a publication."""

    def read():
        number = 0
        while not stop.is_set():
            servers[number % 2].get(path)
            number += 1

    crowd = [threading.Thread(target=read, daemon=True) for _ in range(3)]
    for thread in crowd:
        thread.start()
    return crowd


def test_no_process_serves_an_old_page(servers):
    page = StandardPageFactory(title="Titre 0", slug="page")
    for server in servers:
        server.get("/page/")
    assert all(server.get("/page/")[1] for server in servers), "nothing is kept: nothing is tested"
    stop = threading.Event()
    crowd = keep_reading(servers, "/page/", stop)
    try:
        for number in range(1, PUBLICATIONS + 1):
            page.title = f"Titre {number}"
            page.save_revision().publish()
            for server in (*servers, *servers):
                text, _kept = server.get("/page/")
                assert f"Titre {number}<" in text
                assert f"Titre {number - 1}<" not in text
            time.sleep(0.1)
    finally:
        stop.set()
        for thread in crowd:
            thread.join(60)


def test_an_issue_appears_and_disappears_whole_in_every_process(servers):
    issue = factories.issue(title="Numéro à paraître")
    articles = [factories.article(issue, title=f"Texte {number}") for number in range(3)]
    index = factories.bulletin_index()
    paths = [issue.get_url(), *[article.get_url() for article in articles]]
    for server in servers:
        assert "Numéro à paraître" not in server.get(index.get_url())[0]
    services.publish_issue(issue, user=None)
    for server in servers:
        assert "Numéro à paraître" in server.get(index.get_url())[0]
        text, _kept = server.get(issue.get_url())
        assert all(article.title in text for article in articles)
    assert ArticlePage.objects.live().count() == 3
    services.unpublish_issue(issue, user=None)
    for server in servers:
        assert "Numéro à paraître" not in server.get(index.get_url())[0]
        for path in paths:
            assert "Numéro à paraître" not in server.get(path)[0]
