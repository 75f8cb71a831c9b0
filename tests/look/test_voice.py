"""One word for one thing. Here is the project's word list: what is not said, and what is."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ["programs", "subsidies", "partnerships", "training"]
WORDS = {
    r"\w!(?=[\s<]|$)": "no exclamation marks",
    r"sil(a|ah)kan": "say what to do, without an invitation",
    r"tidak valid|data salah|akses ditolak": "say what is wrong and what to do",
    r"e-?mail(?!,)": "surel",  # with a comma it is a column of a file
    r"upload|muat naik": "unggah",
    r"download": "unduh",
    r"online": "daring",
    r"offline": "luring",
    r"link(?! and match)|pranala": "tautan",
    r"klik": "tekan",
    r"browser": "peramban",
    r"password": "kata sandi",
    r"gawai|handphone|smartphone": "ponsel",
    r"workshop": "lokakarya",
    r"kab\.? ?/ ?kota|kabupaten atau kota": "kabupaten/kota",
    r"faktor kedua|autentikator": "langkah kedua, aplikasi pengautentikasi",
    r"halaman depan": "halaman utama (of the site), beranda saya (of a person)",
    r"bimtek": "Bimtek",
    r"e-smart|E-Smart|eSmart|ESmart": "e-Smart",
    r"Kemenperin": "Kementerian Perindustrian",
    r"kementrian|resiko|ijin|aktifitas|analisa|praktek|jadual|sekedar|merubah": "as KBBI spells",
}
AS_WRITTEN = {r"bimtek", r"e-smart|E-Smart|eSmart|ESmart", r"Kemenperin"}
# Said of something else: the first page of a marketplace, a column of Zoom, a narrow heading.
OTHERWISE = {
    "programs/shop_links.py": "halaman depan",
    "subsidies/document_kinds.py": "halaman depan",
    "programs/models/user.py": "faktor kedua",
    "training/figures.py": "kab/kota",
    "training/zoom_report.py": "email",
}
ATTRIBUTES = re.compile(
    r"\b(href|src|class|id|name|type|for|action|rel|autocomplete|inputmode|value|data-[\w-]+"
    r"|aria-(?:labelledby|describedby|controls)|hx-[\w-]+|:?\w+_url|icon|kind|download|verify|offline)=\"[^\"]*\""
)


def texts_of_page(path):
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", " ", path.read_text(), flags=re.S)
    return [re.sub(r"</?[\w-]+", " ", ATTRIBUTES.sub(" ", text))]


def texts_of_module(path):
    """Sentences in strings. Docstrings are English and speak to us."""
    tree = ast.parse(path.read_text())
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documents
        and re.search(r"[a-z] [a-z]", node.value)
        and "SELECT" not in node.value
    ]


PAGES = [path for path in (ROOT / "templates").rglob("*.html") if "unfold" not in path.parts]
MAILS = list((ROOT / "templates" / "mail").rglob("*.txt"))
MODULES = [
    path
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if not {"migrations", "management"} & set(path.parts)
]


@cache
def texts():
    """(file, text) of everything that people read."""
    return [
        (str(path.relative_to(ROOT)), text)
        for path in [*PAGES, *MAILS, *MODULES]
        for text in (texts_of_module if path.suffix == ".py" else texts_of_page)(path)
    ]


@pytest.mark.parametrize("bad", WORDS, ids=WORDS.values())
def test_we_say_it_in_our_word(bad):
    flags = 0 if bad in AS_WRITTEN else re.IGNORECASE
    pattern = re.compile(rf"(?<![\w./:@{{-])(?:{bad})(?![\w@]|[./-]\w)", flags)
    found = []

    for where, text in texts():
        for match in pattern.finditer(text):
            if OTHERWISE.get(where) != match[0].lower():
                around = text[max(0, match.start() - 40) : match.end() + 40]
                found.append(f"{where}: …{' '.join(around.split())}…")

    assert found == []
