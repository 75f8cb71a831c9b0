"""Dividing a published number among many, so that the parts always add up to it."""

JAVA = {"31", "32", "33", "34", "35", "36"}


def apportion(total, weights):
    """Whole numbers in proportion to ``weights`` that add up to ``total`` (largest remainders)."""
    weights = list(weights)
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    rests = [total * weight % whole for weight in weights]
    left = total - sum(parts)
    for place in sorted(range(len(weights)), key=lambda place: (-rests[place], place))[:left]:
        parts[place] += 1
    return parts


def wheel(regions):
    """Codes of kabupaten and kota, each as often as businesses come from there: most from Java.

    Nobody is left out. Whoever takes every so-manieth of the wheel gets all of them in the end.
    """
    return [
        code
        for place, code in enumerate(regions)
        for _ in range((1 + place * 7 % 5) * (3 if code[:2] in JAVA else 1))
    ]
