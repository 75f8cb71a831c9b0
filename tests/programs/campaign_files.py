"""Files of campaign participants as tests need them."""

import io

HEADING = "nib,nama,kode_kabkota,tanggal\n"
REGION = "13.75"


def lines_of(numbers, *, bad=()):
    """A line for each number; those in ``bad`` name a region that does not exist."""
    for number in numbers:
        nib = f"9{number:012d}" if number % 3 else ""
        region = "99.99" if number in bad else REGION
        yield f"{nib},Usaha Contoh {number},{region},{1 + number % 28:02d}/08/2020\n"


def campaign_file(*lines, heading=HEADING, encoding="utf-8"):
    return io.BytesIO((heading + "".join(lines)).encode(encoding))


def write(path, numbers, *, bad=()):
    with path.open("w") as file:
        file.write(HEADING)
        file.writelines(lines_of(numbers, bad=bad))
    return path
