"""Signing people in for a test, officers with their second factor."""

import time


def sign_in(client, user):
    """Sign ``user`` in on a Django test client, as a password and, for officers, a code would."""
    client.force_login(user)
    session = client.session
    # allauth counts records of the person who is signed in, and of nobody else.
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "email": user.email}
    ]
    if user.is_staff:
        session["account_authentication_methods"] += [
            {"method": "mfa", "at": time.time(), "type": "totp"}
        ]
    session.save()
    return client


def body_of(answer):
    """The whole of a file that was handed out; the file is closed."""
    try:
        return b"".join(answer.streaming_content)
    finally:
        answer.close()
