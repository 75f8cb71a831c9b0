"""The rows of an Excel workbook. Runs confined: no Django here (``programs.confined``).

One stray value in the last cell of a sheet makes the library ask for more memory than there is and
end its process, so this must never run inside a web process.
"""

from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

MAX_ROWS = 50_000


def read_workbook(content):
    """``{"rows": [...]}`` of the first sheet that can be seen, or ``{"problem": word}``."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            visible = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible
            ]
            if not visible:
                return {"problem": "empty"}
            sheet = workbook.get_sheet_by_name(visible[0])
            # From A1 on, so that row numbers are those that Excel shows.
            return {"rows": sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)}
    except PasswordError:
        return {"problem": "password"}
    except (CalamineError, OSError):
        return {"problem": "broken"}
