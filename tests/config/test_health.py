import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_alive_without_asking_anybody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


def test_ready_when_all_servers_answer(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "database": "ok",
        "cache": "ok",
        "queue": "ok",
        "migrations": "ok",
    }


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_questions_are_answered(client, path):
    assert client.post(path).status_code == 405


def test_not_ready_while_a_migration_is_missing(client):
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from django_migrations where app = 'sessions' and name = '0001_initial'"
        )

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["migrations"] == "not ready"


def test_not_ready_without_the_queue_and_no_word_about_why(client, queue):
    queue.stop()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["queue"] == "away"
    assert str(queue.folder) not in response.content.decode()
