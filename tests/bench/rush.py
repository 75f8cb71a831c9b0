"""The rush on an event: everybody presses *Daftar* at once, through the web server.

The clients are as thin as they can be, so that the two cores are left to the web and the database.
"""

import itertools
import os
import selectors
import socket
import time
import urllib.parse
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from programs.models import Notification, Region, User
from tests.bench.process import children, free_port, web_server
from tests.factories.training import EventFactory

PEOPLE, PLACES, CLIENTS = 4000, 1000, 16
TOKEN = "a" * 32  # as a page of the form would have given it


def measure():
    now = timezone.now()
    event = EventFactory(
        slug="rebutan",
        capacity=PLACES,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
        audience_kinds=["APPARATUS"],
        sessions=0,
        starts_at=now + timedelta(days=2),
        ends_at=now + timedelta(days=2, hours=2),
    )
    event.sessions.create(
        number=1, title="Sesi", starts_at=event.starts_at, ends_at=event.ends_at, jp=2
    )
    users = User.objects.bulk_create(
        [User(email=f"rebut{n}@contoh.id", name=f"Warga {n}", password="!") for n in range(PEOPLE)]
    )
    region = Region.objects.get(code="13.75")
    port = free_port()
    requests = []
    for user, key in zip(users, _sessions(users), strict=True):
        requests.append(
            _request(f"/pelatihan/{event.slug}/daftar/", key, _form(user, region), port)
        )
    with web_server(port, LOG_LEVEL="WARNING") as server:
        web_before, ours_before = _seconds(children(server.pid)), time.process_time()
        database_before = _seconds(_database_processes())
        answers, taken = _rush(requests, port)
        ours = time.process_time() - ours_before
        web = _seconds(children(server.pid)) - web_before
        database = _seconds(_database_processes()) - database_before
    event.refresh_from_db()
    waiting = event.registrations.waiting().count()
    yield (
        f"registrations, {CLIENTS} clients",
        f"{len(answers) / taken:.0f} a second",
        "≥ 200",
    )
    shares = [f"{seconds / len(answers) * 1000:.1f}" for seconds in (web, database, ours)]
    yield "… processor: web, database, clients", f"{', '.join(shares)} ms each", "–"
    slowest = sorted(seconds for _, seconds in answers)[int(len(answers) * 0.99)]
    yield "… 99 of 100 answered within", f"{slowest * 1000:.0f} ms", "–"
    others = [status for status, _ in answers if status != b"302"]
    yield "… answers that were an error", str(len(others)), "0"
    yield "… placed and waiting", f"{event.taken} and {waiting}", f"{PLACES} and {PEOPLE - PLACES}"
    told = Notification.objects.filter(key__startswith="training.seat.status.").count()
    yield "… people told", str(told), str(PEOPLE)


def _sessions(users):
    """A session for each, as signing in leaves it; their keys."""
    store = SessionStore()
    until = timezone.now() + timedelta(hours=1)
    rows = [
        Session(
            session_key=f"bench{user.pk:027d}",
            session_data=store.encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            ),
            expire_date=until,
        )
        for user in users
    ]
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]


def _form(user, region):
    return urllib.parse.urlencode(
        {
            "csrfmiddlewaretoken": TOKEN,
            "kind": "APPARATUS",
            "name": user.name,
            "phone": "081234567890",
            "servant_kind": "OTHER",
            "position": "Staf",
            "institution": "Dinas Perindustrian",
            "region": region.code,
            "consent": "on",
        }
    )


def _request(path, session, form, port):
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\n"
        f"Cookie: sessionid={session}; csrftoken={TOKEN}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(form)}\r\nConnection: close\r\n\r\n{form}"
    ).encode()


def _rush(requests, port):
    """(status, seconds) of each answer, and how long all of them took together.

    Each person has a connection of their own, as behind a web server; so many at a time. One loop
    in one thread serves them all, for it runs on the same two cores as what it measures.
    """
    answers, waiting, begun = [], iter(requests), time.perf_counter()
    with selectors.DefaultSelector() as watch:
        for request in itertools.islice(waiting, CLIENTS):
            _ask(watch, request, port)
        while watch.get_map():
            for key, _ in watch.select():
                asked_at, parts = key.data
                part = key.fileobj.recv(65536)
                parts.append(part)
                if part:
                    continue
                # The answer is whole when the server closes.
                watch.unregister(key.fileobj)
                key.fileobj.close()
                answers.append((b"".join(parts)[9:12], time.perf_counter() - asked_at))
                for request in itertools.islice(waiting, 1):
                    _ask(watch, request, port)
    return answers, time.perf_counter() - begun


def _ask(watch, request, port):
    asked_at = time.perf_counter()
    person = socket.create_connection(("127.0.0.1", port), timeout=30)
    person.sendall(request)
    watch.register(person, selectors.EVENT_READ, (asked_at, []))


def _seconds(pids):
    """Processor time that these processes have used so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _database_processes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity")
        return [pid for (pid,) in cursor]
