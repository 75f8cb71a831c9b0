"""Rows read and written in SQL that is put together once and not for every request.

For what hundreds of people do in the same minute: Django takes longer to put a statement together
than PostgreSQL to answer it. Everything else goes through QuerySets.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.db import NotSupportedError, connection
from django.db.backends.postgresql.base import ServerBindingCursor

# What a block of ``sent_together`` has collected: (statement, values); None outside of one.
_collected = ContextVar("collected", default=None)


def ask(sql, values):
    """The first row of the answer, or None, to a question that is asked again and again.

    Each connection lets PostgreSQL plan it once (``prepare_threshold`` of the settings).
    """
    try:
        return _planned_answer(sql, values)
    except NotSupportedError:
        # A migration has changed the type of a column since the question was planned.
        if connection.in_atomic_block:
            raise  # with the rollback the driver forgets its plans by itself
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
        return _planned_answer(sql, values)


def _planned_answer(sql, values):
    connection.ensure_connection()
    driver = connection.connection
    usual, driver.cursor_factory = driver.cursor_factory, ServerBindingCursor
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchone()
    finally:
        driver.cursor_factory = usual


def fetch(model, **key):
    """The row whose column has this value, or None: ``fetch(User, id=1)``."""
    [(name, value)] = key.items()
    names, sql, converted = _selection(model, name)
    values = ask(sql, [value])
    if values is None:
        return None
    values = list(values)
    for position, column, converters in converted:
        for convert in converters:
            values[position] = convert(values[position], column, connection)
    return model.from_db(connection.alias, names, values)


def insert(model, rows, *, ignore_conflicts=False):
    """Write new rows as ``bulk_create`` does. Those that have no key yet are given none.

    With ``ignore_conflicts`` rows that are there already are left out.
    """
    if not rows:
        return
    fields, beginning, one_row = _insertion(model, has_key=rows[0].pk is not None)
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row in rows
        for field in fields
    ]
    end = " ON CONFLICT DO NOTHING" if ignore_conflicts else ""
    _write(beginning + ", ".join([one_row] * len(rows)) + end, values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@contextmanager
def sent_together():
    """Let what ``insert`` writes in this block travel to the database in one go, at its end.

    Each way there and back costs more than many a statement does there. Nothing in the block may
    read what it writes, and what the database refuses is raised at the end of it.
    """
    collected = []
    token = _collected.set(collected)
    try:
        yield
    finally:
        _collected.reset(token)
    if collected:
        statements, values = zip(*collected, strict=True)
        _write("; ".join(statements), [value for row in values for value in row])


def _write(statement, values):
    collected = _collected.get()
    if collected is not None:
        collected.append((statement, values))
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@cache
def _selection(model, name):
    fields = model._meta.concrete_fields
    converted = [
        (position, column, converters)
        for position, column in enumerate(field.cached_col for field in fields)
        if (converters := _converters(column))
    ]
    columns = ", ".join(_quoted(field.column) for field in fields)
    key = _quoted(model._meta.get_field(name).column)
    table = _quoted(model._meta.db_table)
    sql = f"SELECT {columns} FROM {table} WHERE {key} = %s"  # noqa: S608 - names from our models
    return [field.attname for field in fields], sql, converted


def _converters(column):
    """What Django does to a value of this column before it gives it to the model."""
    return connection.ops.get_db_converters(column) + column.get_db_converters(connection)


@cache
def _insertion(model, has_key):
    fields = [field for field in model._meta.concrete_fields if has_key or not field.primary_key]
    columns = ", ".join(_quoted(field.column) for field in fields)
    beginning = f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 - the same
    one_row = f"({', '.join(['%s'] * len(fields))})"
    return fields, beginning, one_row


def _quoted(name):
    return connection.ops.quote_name(name)
