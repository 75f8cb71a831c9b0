"""Signing people in for a test, officers with their second factor."""

import time


def sign_in(client, user, *, has_just_confirmed=False):
    """Sign ``user`` in on a Django test client, as a password and, for officers, a code would.

    ``has_just_confirmed``: they typed the password once more, as for closing an account.
    """
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
    if has_just_confirmed:
        session["account_authentication_methods"] += [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
    session.save()
    return client


def body_of(answer):
    """The whole of an answer. A file that was handed out is closed by reading it to its end."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
