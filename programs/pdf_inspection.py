"""What is in a PDF that somebody sent us. Runs confined: no Django here (``programs.confined``).

A PDF is kept as it came, not rewritten: rewriting would break the electronic signatures of tax
invoices, NIB and statements. So whatever could act by itself when an officer opens it is refused.
"""

import re
from io import BytesIO

import pikepdf
from pikepdf import settings

# The bounds of qpdf, against small files that unpack to gigabytes.
UNPACKED = 64 * 1024 * 1024
MAX_OBJECTS = 300_000
UNSEEN = re.compile("error decoding stream data|unfilterable stream|object stream")

COMMANDS = {
    "/Launch": "launch",
    "/JavaScript": "javascript",
    "/Rendition": "command",
    "/SubmitForm": "command",
    "/ImportData": "command",
    "/GoToE": "command",
    "/GoToR": "command",
    "/Movie": "command",
    "/Sound": "command",
    "/RichMediaExecute": "command",
}
CONTENTS = {"/JS": "javascript", "/XFA": "xfa", "/EF": "attachment", "/AA": "command"}
NAMED = {"/JavaScript": "javascript", "/EmbeddedFiles": "attachment"}
MEDIA = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}


def inspect_pdf(content):
    """``{"pages": n, "problem": word or None}``; ``programs.uploads`` explains the words."""
    settings.set_qpdf_limits(
        flate_max_memory=UNPACKED,
        run_length_max_memory=UNPACKED,
        png_max_memory=UNPACKED,
        tiff_max_memory=UNPACKED,
        max_stream_filters=4,
    )
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                return {"pages": None, "problem": "encrypted"}
            pages = len(pdf.pages)
            problem = _first_problem(pdf)
            # What qpdf could not unpack, a viewer perhaps can; we have not seen all of it.
            if not pages or any(UNSEEN.search(str(warning)) for warning in pdf.get_warnings()):
                problem = problem or "broken"
            return {"pages": pages, "problem": problem}
    except pikepdf.PasswordError:
        return {"pages": None, "problem": "encrypted"}
    except pikepdf.PdfError:
        return {"pages": None, "problem": "broken"}


def _first_problem(pdf):
    """Looks at every dictionary of the file, wherever it hangs, and not only where it should."""
    if len(pdf.objects) > MAX_OBJECTS:
        return "broken"
    for thing in pdf.objects:
        waiting = [thing]
        while waiting:
            node = waiting.pop()
            if isinstance(node, pikepdf.Array):
                children = list(node)
            elif isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
                children = [child for _, child in node.items()]
                if problem := _problem_of(node):
                    return problem
            else:
                continue
            # What stands on its own in the file comes by in the outer loop.
            waiting += [
                child
                for child in children
                if isinstance(child, pikepdf.Object) and not child.is_indirect
            ]
    return None


def _problem_of(node):
    """Actions count by their kind; going to a page or to a web address is only a link."""
    for key, problem in CONTENTS.items():
        if key in node:
            return problem
    for key, problem in NAMED.items():
        if key in node and _is_filled(node[key]):
            return problem
    if (problem := COMMANDS.get(str(node.get("/S", "")))) is not None:
        return problem
    if str(node.get("/Subtype", "")) in MEDIA:
        return "attachment"
    return None


def _is_filled(tree):
    """Some programs write an empty list of scripts or attachments; that is no problem."""
    return not isinstance(tree, pikepdf.Dictionary) or bool(
        len(tree.get("/Names", [])) or len(tree.get("/Kids", []))
    )
