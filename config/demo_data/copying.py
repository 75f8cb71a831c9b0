"""Many rows at once, as fast as PostgreSQL takes them, with its triggers and checks at work."""

from django.db import connection


def copy(model, names, rows):
    """Write ``rows`` (tuples in the order of ``names``) into the table of ``model``, streaming.

    ``names`` are columns as Django calls them (``region_id``). What is not named gets the default
    of the model; stamps that Django would set by itself must be named.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    others = [
        field
        for name, field in fields.items()
        if name not in names and not field.primary_key and not field.generated
    ]
    defaults = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
    columns = ", ".join(
        connection.ops.quote_name(field.column)
        for field in [*(fields[name] for name in names), *others]
    )
    table = connection.ops.quote_name(model._meta.db_table)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as lines,
    ):
        for row in rows:
            lines.write_row(row + defaults)


def reserve(model, count):
    """So many new primary keys of ``model``: rows of other tables can name them before they are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def check_at_once():
    """Check references row by row, not at the end of the transaction: millions would pile up."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
