"""The words on the pages of our own PDFs, read with what the product itself uses."""

import re
from io import BytesIO

import pikepdf

PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\n")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def pages(content):
    """The text of each page, in the order in which it was set, without line breaks."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [_text(page) for page in pdf.pages]


def words(content):
    """The text of all pages in one line; spaces of any kind count as one."""
    return " ".join(" ".join(pages(content)).replace("\u200b", "").split())


def _text(page):
    letters = {name: _letters(font) for name, font in page.Resources.Font.items()}
    font, text = None, []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                font = str(operands[0])
            case "Tj":
                text.append(_decoded(operands[0], letters[font]))
            case "TJ":
                parts = (part for part in operands[0] if isinstance(part, pikepdf.String))
                text += [_decoded(part, letters[font]) for part in parts]
    return "".join(text)


def _decoded(string, letters):
    glyphs = bytes(string)
    return "".join(letters[glyphs[at : at + 2]] for at in range(0, len(glyphs), 2))


def _letters(font):
    """From glyph to text, as the font's own table for copying says."""
    table = font.ToUnicode.read_bytes()
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, text in PAIR.findall(block + b"\n"):
            found[bytes.fromhex(glyph.decode())] = _utf16(text)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in RANGE.findall(block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                glyph = (int(first, 16) + step).to_bytes(2)
                found[glyph] = chr(ord(_utf16(text)) + step)
    return found


def _utf16(digits):
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
