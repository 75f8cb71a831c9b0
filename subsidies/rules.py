"""The rules of the machine reimbursement: facts and terms in, verdicts with reasons out.

The open eligibility check and the real application are judged by the same functions. A rule never
answers with a bare yes or no: it passes, fails, or cannot tell, and says why (``product.md`` §2).
"""

from typing import NamedTuple

from django.utils.formats import date_format

from programs.enums import Scale
from programs.rupiah import format_rupiah
from programs.scale import SCALE_RULE
from subsidies.amounts import PricedMachine, calculate
from subsidies.enums import BANK_METHODS, RejectionCode, Verdict


class RuleResult(NamedTuple):
    code: str
    title: str
    verdict: str
    reason: str
    rejection: str = ""


def judge(facts, terms):
    """Every rule's verdict on ``facts`` under ``terms``, in the order people read them."""
    return [rule(facts, terms) for rule in RULES]


def estimate(facts, terms):
    """The reimbursement of ``facts`` under ``terms``; of an unknown scale, as for the smallest."""
    return calculate(
        [
            PricedMachine(machine.name, machine.origin, machine.claimed, machine.cuts)
            for machine in facts.machines
        ],
        terms.limits(facts.scale or Scale.SMALL),
        already_granted=facts.granted_this_year,
    )


def failures(results):
    return [result for result in results if result.verdict == Verdict.FAIL]


def _day(day):
    return date_format(day, "j F Y")


def _window(facts, terms):
    title = "Masa pengajuan"
    if facts.applied_on < terms.opens_on:
        return RuleResult(
            "window", title, Verdict.FAIL, f"Pengajuan baru dibuka {_day(terms.opens_on)}."
        )
    if facts.applied_on > terms.closes_on:
        return RuleResult(
            "window",
            title,
            Verdict.FAIL,
            f"Pengajuan telah ditutup {_day(terms.closes_on)}. Tunggu pembukaan berikutnya.",
        )
    return RuleResult(
        "window", title, Verdict.PASS, f"Pengajuan dibuka sampai {_day(terms.closes_on)}."
    )


def _licence(facts, terms):
    code, title = "licence", "NIB dan izin usaha industri"
    if facts.has_licence is None:
        return RuleResult(
            code, title, Verdict.UNKNOWN, "Siapkan NIB yang memuat kegiatan industri Anda."
        )
    if not facts.has_licence:
        return RuleResult(
            code,
            title,
            Verdict.FAIL,
            "Anda belum memiliki NIB atau izin usaha industri. Urus NIB gratis di laman OSS "
            "sebelum mengajukan; prosesnya dapat selesai pada hari yang sama.",
            RejectionCode.R05,
        )
    return RuleResult(code, title, Verdict.PASS, "Usaha Anda memiliki NIB.")


def _kbli(facts, terms):
    code, title = "kbli", "Kode KBLI"
    if not facts.kbli_code:
        return RuleResult(code, title, Verdict.UNKNOWN, "Lihat kode KBLI lima angka pada NIB Anda.")
    if not terms.kbli:
        listed = "10" <= facts.kbli_code[:2] <= "33"
        versions = {facts.kbli_version}
    else:
        listed = any(facts.kbli_code.startswith(prefix) for prefix, _ in terms.kbli)
        versions = {v for prefix, v in terms.kbli if facts.kbli_code.startswith(prefix)}
    if not listed:
        return RuleResult(
            code,
            title,
            Verdict.FAIL,
            f"KBLI {facts.kbli_code} tidak ada dalam daftar program ini. Bila kegiatan Anda "
            "berbeda dari kode itu, perbarui KBLI pada NIB melalui laman OSS.",
            RejectionCode.R03,
        )
    if facts.kbli_version not in versions:
        return RuleResult(
            code,
            title,
            Verdict.UNKNOWN,
            f"KBLI {facts.kbli_code} ada dalam daftar, tetapi NIB Anda memakai KBLI tahun lain. "
            "Petugas akan mencocokkannya; Anda tetap dapat mengajukan.",
        )
    return RuleResult(code, title, Verdict.PASS, f"KBLI {facts.kbli_code} ada dalam daftar.")


def _scale(facts, terms):
    code, title = "scale", "Skala usaha"
    if facts.scale is None:
        return RuleResult(
            code, title, Verdict.UNKNOWN, "Isi jumlah pekerja dan nilai investasi untuk menilainya."
        )
    have = (
        f"{facts.workers} pekerja dan investasi {format_rupiah(facts.investment)} di luar tanah "
        "dan bangunan"
    )
    label = Scale(facts.scale).label
    fits = any(
        row.scale == facts.scale and row.holds(facts.workers, facts.investment)
        for row in terms.scales
    )
    if fits:
        return RuleResult(code, title, Verdict.PASS, f"{have} termasuk {label} ({SCALE_RULE}).")
    if facts.scale == Scale.LARGE:
        reason = f"{have} termasuk {label}; program ini untuk industri kecil dan menengah."
    else:
        reason = f"{have} termasuk {label}, tetapi melewati batas yang dibuka pada masa ini."
    return RuleResult(code, title, Verdict.FAIL, reason, RejectionCode.R04)


def _each_machine(facts, *, code, title, rejection, known, right, wrong, passed, unknown):
    """One verdict for all machines: wrong for one is wrong; unknown for one is unknown."""
    if not facts.machines:
        return RuleResult(code, title, Verdict.UNKNOWN, unknown)
    bad = [m for m in facts.machines if known(m) and not right(m)]
    if bad:
        reasons = " ".join(wrong(m) for m in bad)
        return RuleResult(code, title, Verdict.FAIL, reasons, rejection)
    if not all(known(m) for m in facts.machines):
        return RuleResult(code, title, Verdict.UNKNOWN, unknown)
    return RuleResult(code, title, Verdict.PASS, passed)


def _new(facts, terms):
    return _each_machine(
        facts,
        code="new",
        title="Mesin baru",
        rejection=RejectionCode.R07,
        known=lambda m: m.is_new is not None,
        right=lambda m: m.is_new,
        wrong=lambda m: f"{m.name} bukan mesin baru; mesin bekas tidak diganti.",
        passed="Semua mesin dibeli dalam keadaan baru.",
        unknown="Hanya mesin baru yang diganti. Petugas memeriksanya saat kunjungan.",
    )


def _purchase(facts, terms):
    span = f"{_day(terms.purchase_from)} sampai {_day(terms.purchase_until)}"
    return _each_machine(
        facts,
        code="purchase",
        title="Masa pembelian",
        rejection=RejectionCode.R06,
        known=lambda m: m.bought_on is not None,
        right=lambda m: terms.purchase_from <= m.bought_on <= terms.purchase_until,
        wrong=lambda m: f"{m.name} dibeli {_day(m.bought_on)}, di luar masa {span}.",
        passed=f"Semua mesin dibeli di dalam masa {span}.",
        unknown=f"Mesin harus dibeli {span}.",
    )


def _installed(facts, terms):
    until = min(terms.install_by, facts.applied_on)
    return _each_machine(
        facts,
        code="installed",
        title="Mesin terpasang di tempat usaha",
        rejection=RejectionCode.R08,
        known=lambda m: m.installed_on is not None,
        right=lambda m: m.installed_on <= until,
        wrong=lambda m: (
            f"{m.name} terpasang {_day(m.installed_on)}, lewat batas {_day(terms.install_by)}."
            if m.installed_on > terms.install_by
            else f"{m.name} belum terpasang pada hari pengajuan. Ajukan setelah mesin terpasang."
        ),
        passed=f"Semua mesin terpasang sebelum batas {_day(terms.install_by)}.",
        unknown=(
            f"Mesin harus sudah terpasang sebelum Anda mengajukan, paling lambat "
            f"{_day(terms.install_by)}."
        ),
    )


def _bank(facts, terms):
    if not terms.bank_payment_required:
        return RuleResult(
            "bank", "Cara pembayaran", Verdict.PASS, "Program ini tidak membatasi cara membayar."
        )
    return _each_machine(
        facts,
        code="bank",
        title="Pembayaran lewat bank",
        rejection=RejectionCode.R09,
        known=lambda m: bool(m.payment_method),
        right=lambda m: m.payment_method in BANK_METHODS,
        wrong=lambda m: f"{m.name} dibayar tunai; pembayaran tunai tidak dapat diganti.",
        passed="Semua mesin dibayar lewat bank.",
        unknown="Bayar dengan transfer, internet banking, mobile banking, atau kartu.",
    )


def _tax_invoice(facts, terms):
    if not terms.tax_invoice_required:
        return RuleResult(
            "tax_invoice", "Faktur pajak", Verdict.PASS, "Program ini tidak meminta faktur pajak."
        )
    return _each_machine(
        facts,
        code="tax_invoice",
        title="Faktur pajak",
        rejection=RejectionCode.R10,
        known=lambda m: m.has_tax_invoice is not None,
        right=lambda m: m.has_tax_invoice,
        wrong=lambda m: (
            f"Faktur pajak {m.name} belum ada. Mintalah kepada penjual sebelum mengajukan; tanpa "
            "faktur, harga mesin tidak diakui."
        ),
        passed="Faktur pajak ada untuk semua mesin.",
        unknown="Selain kuitansi, siapkan faktur pajak dari penjual.",
    )


def _floor(facts, terms):
    code, title = "floor", f"Penggantian paling sedikit {format_rupiah(terms.floor)}"
    if not any(machine.claimed for machine in facts.machines):
        return RuleResult(
            code, title, Verdict.UNKNOWN, "Isi harga mesin untuk menghitung penggantian."
        )
    result = estimate(facts, terms)
    if result.reimbursed:
        return RuleResult(
            code, title, Verdict.PASS, f"Perkiraan penggantian {format_rupiah(result.reimbursed)}."
        )
    return RuleResult(
        code,
        title,
        Verdict.FAIL,
        "Perkiraan penggantian di bawah batas itu, sehingga tidak dapat dibayar.",
        RejectionCode.R11,
    )


def _participations(facts, terms):
    code = "participations"
    title = f"Paling banyak {terms.max_participations} kali ikut"
    if facts.participations is None:
        return RuleResult(
            code, title, Verdict.UNKNOWN, "Petugas mencocokkannya dengan catatan kementerian."
        )
    if facts.participations >= terms.max_participations:
        return RuleResult(
            code,
            title,
            Verdict.FAIL,
            f"Usaha ini sudah {facts.participations} kali menerima penggantian.",
            RejectionCode.R12,
        )
    return RuleResult(
        code, title, Verdict.PASS, f"Ini keikutsertaan ke-{facts.participations + 1}."
    )


def _other_scheme(facts, terms):
    code, title = "other_scheme", "Belum dibiayai program lain tahun ini"
    if facts.other_scheme_this_year is None:
        return RuleResult(
            code,
            title,
            Verdict.UNKNOWN,
            "Mesin yang sama tidak boleh dibiayai program restrukturisasi lain pada tahun yang "
            "sama.",
        )
    if facts.other_scheme_this_year:
        return RuleResult(
            code,
            title,
            Verdict.FAIL,
            "Usaha ini sudah dibiayai program restrukturisasi lain pada tahun anggaran yang sama.",
            RejectionCode.R13,
        )
    return RuleResult(code, title, Verdict.PASS, "Tidak ada bantuan lain pada tahun ini.")


RULES = [
    _window,
    _licence,
    _kbli,
    _scale,
    _new,
    _purchase,
    _installed,
    _bank,
    _tax_invoice,
    _floor,
    _participations,
    _other_scheme,
]
