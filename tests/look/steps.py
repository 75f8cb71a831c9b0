"""What a person does in the browser before a test begins."""

from tests.factories.programs import PASSWORD, UserFactory


def sign_in(site):
    user = UserFactory(confirmed=True)
    site.visit("/akun/login/")
    site.fill("#id_login", user.email)
    site.fill("#id_password", PASSWORD)
    site.get_by_role("button", name="Masuk", exact=True).click()
    site.wait_for_url("**/beranda/")
    return user
