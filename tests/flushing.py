"""After a test that commits, the database is again as the migrations left it.

Django would truncate every table and make all permissions anew, a third of a second each time.
Here rows are deleted where there are some, and what the migrations wrote keeps its rows and keys.
"""

import pgtrigger
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import TransactionTestCase

# What the migrations write: kept, and put back when a test has changed it.
KEPT = [
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "subsidies_approvalband",
]


def tables_with_rows():
    """All tables that are not empty, found by one query."""
    quote = connection.ops.quote_name
    questions = (
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM {quote(table)})"  # noqa: S608 - our own names
        for table in connection.introspection.table_names()
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(questions))
        return {table for (table,) in cursor.fetchall()}


def rows_of(table):
    """The rows as PostgreSQL copies them, in the order of their keys."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY (SELECT * FROM {table} ORDER BY id) TO STDOUT") as rows,  # noqa: S608
    ):
        return b"".join(map(bytes, rows))


def kept_rows():
    return {table: rows_of(table) for table in KEPT}


def reset(kept):
    """Empty every table, except that those of ``kept`` have these rows again."""
    quote = connection.ops.quote_name
    every_table = ", ".join(map(quote, connection.introspection.table_names()))
    changed = {table: rows for table, rows in kept.items() if rows_of(table) != rows}
    with transaction.atomic(), pgtrigger.ignore(), connection.cursor() as cursor:
        # As TRUNCATE does: a page that somebody left in the middle ends before its rows go.
        cursor.execute(f"LOCK TABLE {every_table}")
        for table in (tables_with_rows() - kept.keys()) | changed.keys():
            cursor.execute(f"DELETE FROM {quote(table)}")  # noqa: S608 - as above
        for table, rows in changed.items():
            with cursor.copy(f"COPY {quote(table)} FROM STDIN") as copy:
                copy.write(rows)
    if "django_content_type" in changed:
        ContentType.objects.clear_cache()


@pytest.fixture(autouse=True, scope="session")
def _tests_that_commit_leave_nothing_behind():
    set_up = TransactionTestCase.__dict__["_fixture_setup"].__func__

    def remember_and_set_up(test_case):
        test_case.kept = kept_rows()
        set_up(test_case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(remember_and_set_up))
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: reset(test.kept))
        yield
