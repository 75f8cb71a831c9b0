"""What a load balancer asks: is the process alive, and can it do its work?"""

import redis
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as QueueError

from config.celery import app as celery_app


@require_safe
@never_cache
@login_not_required
def healthz(request):
    """Alive. Asks nobody else, so that a slow database does not get web processes killed."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def readyz(request):
    """Ready for visitors. Strangers may read it, so it names what is away and not why."""
    answers = {name: _answer(check) for name, check in CHECKS.items()}
    ready = all(answer == "ok" for answer in answers.values())
    return JsonResponse(answers, status=200 if ready else 503)


def _answer(check):
    try:
        return "ok" if check() else "not ready"
    except (DatabaseError, redis.RedisError, QueueError, OSError):
        return "away"


def _database():
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return cursor.fetchone() == (1,)


def _cache():
    cache.set("readyz", "ok", timeout=10)
    return cache.get("readyz") == "ok"


def _queue():
    with celery_app.connection_for_write() as queue:
        return queue.channel().client.ping()


def _migrations():
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


CHECKS = {"database": _database, "cache": _cache, "queue": _queue, "migrations": _migrations}
