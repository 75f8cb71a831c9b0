"""Tables of the desk as Excel files."""

from django.http import FileResponse

from programs.spreadsheets import temporary_xlsx


def workbook(name, sheets):
    """The answer to a download: ``{title: rows}`` as ``name.xlsx``."""
    return FileResponse(temporary_xlsx(sheets), as_attachment=True, filename=f"{name}.xlsx")
