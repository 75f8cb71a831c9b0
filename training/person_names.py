"""Whether two names are one person's: names on certificates, and what people write in Zoom.

Careful on purpose: a person who is not recognized is matched by hand in a minute, one who is taken
for another gets the other's certificate.
"""

import re
import unicodedata

# Written before a name, here without dots.
HONORIFIC = re.compile(
    r"bapak|bpk|pak|ibu|bu|sdri?|tn|ny|mrs?|ms|usta[dz]z?|kh|prof|hj?|dr[ags]?|drh|ir|apt|ns"
)
# Written after a name. Missing are those that are names as well, such as A.Ma. and M.A.R.S.
DEGREE = re.compile(
    r"a(?:k|pt|md(?:t|ak|kom|keb|kep)?)"
    r"|s(?:[ehmpst]|a[bgkp]|ds|ei|farm|gz|hi|hut|ikom|ip|ked|kep|k[hm]|kom|mn|n|pdi?|pi|psi|pt|si|sit"
    r"|sn|sos|st|stp|tp|tr?|tr(?:ak|kom|ip|t))"
    r"|m(?:[ahmpt]|a[bgkp]|ba|biomed|cs|div|ec|ecdev|ed|eng|env|farm|gz|hum|hut|ikom|ip|kes|kom|k[mn]"
    r"|msi|p[adpm]|pdi|psi|s[cimnpe]|sos|st|stat|t[ipr]|tr(?:ap|ip))"
    r"|bsc|bba|beng|cpa|dipl|ip[mpu]|aseaneng|ll[bm]|ners|phd"
)
# Offices, places, devices and parts in the meeting: no part of anybody's name.
NOT_A_NAME = re.compile(
    r"\b(?:dinas|din(?:kop|perin|dag|naker)\w*|dis(?:per|dag|kop|naker|nakertrans|kumdag|budpar)\w*"
    r"|deperindag\w*|kemenperin|kementerian|bpsdmi|pusdiklat|bdi|balai|bappeda|badan|biro|bidang|bid"
    r"|seksi|sekretariat|setda|kabupaten|kab|kota|provinsi|propinsi|prov|pem(?:kab|kot|prov|da)"
    r"|kecamatan|kec|uptd?|pt|cv|ud|smk[ns]?|ikm|asosiasi|koperasi|universitas|politeknik|poltek"
    r"|kepala|kadis|kabid|kasi|kasubbag|staff?|penyuluh|peserta|panitia|moderator|narasumber"
    r"|pemateri|widyaiswara|operator|admin|host|cohost|guest|tamu|user|zoom|iphone|ipad"
    r"|macbook|android|galaxy|samsung|oppo|vivo|redmi|xiaomi|poco|realme|infinix|huawei|asus|acer"
    r"|lenovo|laptop|komputer|pc|hp)\b"
)
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
LEADING_NUMBER = re.compile(r"^[\W_]*\d+(?=[\W_])")
SEPARATORS = re.compile(r"\s[-–—]+\s|[_|/\\#~@:;•·–—]+")
# S.Tr.Kom, A.Md.T., M.A.B.: after a comma whatever has this shape is a degree.
ABBREVIATION = re.compile(r"(?:[a-z]{1,4}\.\s*)+[a-z]{0,6}\.?")


def same_person_key(name):
    """Two names with the same key look like the same person's: no case, accents, titles, office."""
    keys = name_keys(name)
    return keys[0] if keys else _words(_folded(name))


def name_keys(name):
    """The keys under which the bearer of ``name`` may be known, the likeliest first.

    “Disperin Jambi_Budi Santoso, S.T.” is known as “budi santoso”; an office or a telephone as
    nobody.
    """
    text = LEADING_NUMBER.sub("", BRACKETS.sub(" ", _folded(name)).strip())
    pieces = [piece for part in SEPARATORS.split(text) for piece in _without_degrees(part)]
    keys = [key for key in map(_key, pieces) if key]
    if not keys:
        return []
    whole = " ".join(keys)
    return list(dict.fromkeys([whole, *(key for key in keys if " " in key)]))


def _folded(name):
    """Lower case, without accents, invisible characters, and the apostrophe of Ma'ruf."""
    letters = unicodedata.normalize("NFKD", str(name)).casefold()
    letters = "".join(
        letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf")
    )
    return re.sub(r"['’‘`´ʼ]", "", letters)


def _words(text):
    return " ".join(re.findall(r"[^\W_]+", text))


def _without_degrees(part):
    """What a comma parts, without the degrees: “budi santoso, s.t., m.si” is one piece."""
    head, *rest = part.split(",")
    return [head, *(piece for piece in rest if not _is_degrees(piece.strip()))]


def _is_degrees(piece):
    words = _words(piece).split()
    return (
        ABBREVIATION.fullmatch(piece) is not None
        or DEGREE.fullmatch("".join(words)) is not None
        or all(DEGREE.fullmatch(word) or HONORIFIC.fullmatch(word) for word in words)
    )


def _key(piece):
    """The personal part of ``piece``; nothing if an office or a device is all there is."""
    if office := NOT_A_NAME.search(piece):
        piece = piece[: office.start()]
    words = [word for word in _words(piece).split() if not word.isdigit()]
    while len(words) > 1 and HONORIFIC.fullmatch(words[0]):
        del words[0]
    while (count := _length_of_degree(words)) > 0:
        del words[-count:]
    return " ".join(words)


def _length_of_degree(words):
    """How many words at the end are one degree: “s kom” two. A lone “st” may be half a name."""
    for count in (3, 2, 1):
        kept = len(words) - count
        if kept >= (1 if count > 1 else 2) and DEGREE.fullmatch("".join(words[-count:])):
            return count
    return 0
