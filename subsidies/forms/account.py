"""A bank account number, typed as it stands in the bank book."""

import re

from django.core.exceptions import ValidationError

from programs.forms import NumberField


class AccountNumberField(NumberField):
    """6 to 20 digits; spaces, dots and dashes between them are forgiven."""

    def read(self, value):
        number = re.sub(r"[\s.\-]", "", value)
        if not re.fullmatch(r"[0-9]{6,20}", number, re.ASCII):
            raise ValidationError(
                "Nomor rekening terdiri atas 6 sampai 20 angka. Contoh: 1234567890. "
                f"Anda menulis “{value[:30]}”."
            )
        return number
