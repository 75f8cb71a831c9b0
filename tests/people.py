"""Signing people in for a test, officers with their second factor."""

import time


def sign_in(client, user):
    """Sign ``user`` in on a Django test client, as a password and, for officers, a code would."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "email": user.email}
    ]
    if user.is_staff:
        session["account_authentication_methods"] += [
            {"method": "mfa", "at": time.time(), "type": "totp"}
        ]
    session.save()
    return client
