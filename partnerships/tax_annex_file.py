"""The tax annex as a workbook: the same facts as on the paper, number and check code with them."""

from datetime import date

from programs.papers import verification_url


def sheets(paper):
    """``{title: rows}`` as ``programs.spreadsheets`` writes them."""
    facts = paper.facts
    return {
        f"Lampiran {facts['year']}": _facts(paper, facts),
        "Biaya": _costs(facts),
        "Kegiatan": _activities(facts),
    }


def _facts(paper, facts):
    yield ["Keterangan", "Isi"]
    yield ["Nomor lampiran", paper.number]
    yield ["Kode periksa", paper.code]
    yield ["Alamat pemeriksaan", verification_url(paper)]
    yield ["Tanggal terbit", paper.issued_on]
    yield ["Tahun pajak", facts["year"]]
    yield ["Perusahaan", facts["company"]]
    yield ["NIB", facts["nib"]]
    yield ["Alamat perusahaan", facts["company_address"]]
    yield ["SMK", facts["school"]]
    yield ["NPSN", facts["npsn"]]
    yield ["Alamat SMK", facts["school_address"]]
    yield ["Nomor PKS", facts["agreement_number"]]
    for label, name in [
        ("PKS ditandatangani", "signed_on"),
        ("PKS berlaku mulai", "starts_on"),
        ("PKS berlaku sampai", "ends_on"),
    ]:
        yield [label, date.fromisoformat(facts[name])]
    yield ["Kompetensi", "; ".join(facts["competences"])]
    yield ["Jumlah peserta", facts["participants"]]
    yield ["Keterangan perusahaan", facts["note"]]
    yield ["Catatan", "Diisi oleh perusahaan. Bina Industri tidak menghitung pajak."]


def _costs(facts):
    yield ["Jenis biaya", "Jumlah (Rp)"]
    for cost in facts["costs"]:
        yield [cost["name"], cost["amount_rp"]]
    yield ["Jumlah", facts["total_rp"]]


def _activities(facts):
    yield ["Kegiatan tercatat", "Jumlah", "Satuan"]
    for one in facts["done"]:
        yield [one["kind"], one["quantity"], one["unit"]]
