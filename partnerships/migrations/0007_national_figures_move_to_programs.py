from django.db import migrations

PROGRAM = ("link-and-match", "Link and match SMK–industri",
           "Perjanjian kerja sama SMK dengan perusahaan")
# Measure: slug, name, unit, definition, position of the indicator, should it not be loaded yet.
INDICATORS = {
    "SCHOOLS": ("lm-smk", "SMK bermitra", "SMK",
                "SMK yang pernah menandatangani perjanjian kerja sama (PKS) dengan perusahaan; "
                "berapa pun PKS-nya, dihitung sekali", 10),
    "COMPANIES": ("lm-perusahaan", "Perusahaan bermitra", "perusahaan",
                  "perusahaan yang pernah menandatangani PKS dengan SMK; berapa pun PKS-nya, "
                  "dihitung sekali", 20),
    "AGREEMENTS": ("lm-pks", "Perjanjian kerja sama (PKS)", "PKS",
                   "PKS yang pernah ditandatangani, termasuk yang sudah berakhir, diperpanjang, "
                   "atau dihentikan", 30),
    "NATIONAL": ("smk-nasional", "SMK di Indonesia", "SMK",
                 "semua SMK di Indonesia, bermitra atau tidak; pembanding cakupan program", 110),
}
# Sources that the file of the programs writes otherwise, so that no figure stands there twice.
CALLED = {
    ("Berita Kementerian Perindustrian 26-10-2020", None):
        "Siaran pers Kementerian Perindustrian, 26-10-2020",
    ("Bisnis.com 18-03-2019 (901301 dan 901323)", 14218): "Bisnis.com 18-03-2019 (901301)",
    ("Bisnis.com 18-03-2019 (901301 dan 901323)", 14260): "Bisnis.com 18-03-2019 (901323)",
}


def move(apps, schema_editor):
    """Copy what was said of no launch to the programs' official figures, then delete it here."""
    ours = apps.get_model("partnerships", "OfficialFigure").objects.filter(phase=None)
    indicators = {}
    for figure in ours.order_by("pk"):
        if figure.measure not in indicators:
            indicators[figure.measure] = _indicator(apps, *INDICATORS[figure.measure])
        _copy(apps, figure, indicators[figure.measure])
    ours.delete()


def _indicator(apps, slug, name, unit, definition, position):
    found = apps.get_model("programs", "Indicator").objects.filter(slug=slug).first()
    if found:
        return found
    of_program, title, summary = PROGRAM
    program, _ = apps.get_model("programs", "Program").objects.get_or_create(
        slug=of_program, defaults={"name": title, "summary": summary}
    )
    return apps.get_model("programs", "Indicator").objects.create(
        slug=slug, program=program, name=name, unit=unit, definition=definition,
        source="BPSDMI", counting="CUMULATIVE", position=position,
    )


def _copy(apps, figure, indicator):
    """There a source has one figure for a day: a second one says so in its source."""
    source = CALLED.get((figure.source, None)) or CALLED.get(
        (figure.source, figure.value), figure.source
    )
    kept = apps.get_model("programs", "OfficialFigure").objects
    place = {"indicator": indicator, "as_of": figure.as_of, "region": None}
    if kept.filter(**place, source=source).exclude(value=figure.value).exists():
        source = f"{source[:270]} (angka lain {figure.pk})"
    kept.get_or_create(
        **place, source=source, defaults={"value": figure.value, "note": figure.note}
    )


class Migration(migrations.Migration):
    """One home for what was published of link and match as a whole: the register of programs."""

    dependencies = [
        ("partnerships", "0006_search_by_purpose_and_number"),
        ("programs", "0012_official_figures_of_provinces"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
