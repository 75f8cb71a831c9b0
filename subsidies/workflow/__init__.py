"""The life of an application, its visit and its payment: every function that changes a status.

One module per record; nothing else in the project writes a ``status`` of this app.
"""
