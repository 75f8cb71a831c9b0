"""Tables of the desk as Excel files."""

import tempfile

from django.http import FileResponse

from programs.spreadsheets import write_xlsx


def workbook(name, sheets):
    """The answer to a download: ``{title: rows}`` as ``name.xlsx``, gone once it was sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(file, sheets)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")
