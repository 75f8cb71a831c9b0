"""The mails about an account itself: confirmations, codes, and what was changed in it.

They name no button or address; ``programs.accounts`` adds the link or the code that belongs to it.
"""

from typing import NamedTuple


class AccountMail(NamedTuple):
    subject: str
    words: str
    button: str = ""


NOT_YOU = "Bila bukan Anda yang memintanya, abaikan surel ini; tidak ada yang berubah."
ALARM = (
    "Bila bukan Anda yang melakukannya, segera ganti kata sandi Anda dan hubungi kami. "
    "Perubahan ini dilakukan dari alamat internet {ip} pada {at}."
)

CONFIRM = AccountMail(
    "Konfirmasi surel Anda",
    "Seseorang, mungkin Anda, memakai alamat {email} untuk akun Bina Industri. Tekan tautan di "
    "bawah untuk memastikan bahwa alamat ini milik Anda; akun baru dapat dipakai sesudahnya. "
    "Tautan berlaku 3 hari.\n\n" + NOT_YOU,
    "Konfirmasi surel saya",
)

MAILS = {
    "account/email/email_confirmation": CONFIRM,
    "account/email/email_confirmation_signup": CONFIRM,
    "account/email/account_already_exists": AccountMail(
        "Anda sudah memiliki akun",
        "Seseorang, mungkin Anda, ingin membuat akun dengan alamat {email}, tetapi akun dengan "
        "alamat itu sudah ada. Bila Anda lupa kata sandinya, buat yang baru lewat tautan di "
        "bawah.\n\n" + NOT_YOU,
        "Buat kata sandi baru",
    ),
    "account/email/unknown_account": AccountMail(
        "Belum ada akun dengan alamat ini",
        "Seseorang, mungkin Anda, ingin masuk dengan alamat {email}, tetapi belum ada akun dengan "
        "alamat itu. Mungkin Anda mendaftar dengan alamat lain. Anda juga dapat membuat akun "
        "baru.\n\n" + NOT_YOU,
        "Buat akun",
    ),
    "account/email/login_code": AccountMail(
        "Kode masuk Anda",
        "Ketik kode ini di halaman tempat Anda memintanya. Kode berlaku 3 menit. Jangan berikan "
        "kepada siapa pun; petugas tidak pernah memintanya.\n\n" + NOT_YOU,
    ),
    "account/email/password_reset_key": AccountMail(
        "Buat kata sandi baru",
        "Tekan tautan di bawah untuk membuat kata sandi baru bagi akun {email}.\n\n" + NOT_YOU,
        "Buat kata sandi baru",
    ),
    "account/email/password_reset_code": AccountMail(
        "Kode untuk kata sandi baru",
        "Ketik kode ini di halaman tempat Anda memintanya. Jangan berikan kepada siapa pun."
        "\n\n" + NOT_YOU,
    ),
    "account/email/password_changed": AccountMail(
        "Kata sandi Anda diganti", "Kata sandi akun Anda baru saja diganti.\n\n" + ALARM
    ),
    "account/email/password_reset": AccountMail(
        "Kata sandi Anda diganti",
        "Kata sandi akun Anda baru saja diganti lewat tautan dari surel.\n\n" + ALARM,
    ),
    "account/email/password_set": AccountMail(
        "Kata sandi Anda dibuat", "Akun Anda sekarang memiliki kata sandi.\n\n" + ALARM
    ),
    "account/email/email_changed": AccountMail(
        "Surel akun Anda diganti",
        "Surel akun Anda diganti dari {from_email} menjadi {to_email}. Mulai sekarang Anda masuk "
        "dengan alamat yang baru.\n\n" + ALARM,
    ),
    "account/email/email_confirm": AccountMail(
        "Surel Anda sudah dikonfirmasi", "Surel akun Anda sudah dikonfirmasi.\n\n" + ALARM
    ),
    "account/email/email_deleted": AccountMail(
        "Sebuah surel dihapus dari akun Anda",
        "Alamat {deleted_email} dihapus dari akun Anda.\n\n" + ALARM,
    ),
    "mfa/email/recovery_codes_generated": AccountMail(
        "Kode pemulihan baru dibuat",
        "Kode pemulihan akun Anda dibuat baru. Kode yang lama tidak berlaku lagi.\n\n" + ALARM,
    ),
    "mfa/email/totp_activated": AccountMail(
        "Aplikasi kode dipasang",
        "Mulai sekarang akun Anda meminta kode dari aplikasi di ponsel saat masuk.\n\n" + ALARM,
    ),
    "mfa/email/totp_deactivated": AccountMail(
        "Aplikasi kode dilepas",
        "Akun Anda tidak lagi meminta kode dari aplikasi saat masuk.\n\n" + ALARM,
    ),
    "mfa/email/webauthn_added": AccountMail(
        "Kunci sandi (passkey) ditambahkan",
        "Sebuah kunci sandi ditambahkan pada akun Anda.\n\n" + ALARM,
    ),
    "mfa/email/webauthn_removed": AccountMail(
        "Kunci sandi (passkey) dihapus",
        "Sebuah kunci sandi dihapus dari akun Anda.\n\n" + ALARM,
    ),
}
