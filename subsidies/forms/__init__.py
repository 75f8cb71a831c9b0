"""Forms read what owners type about their applications; ``workflow`` writes it."""
