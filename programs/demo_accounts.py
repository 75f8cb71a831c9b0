"""What only demo accounts have. ``programs.accounts`` refuses it everywhere else."""

# Printed by ``make run``, so that anybody can try the officers' desk.
DEMO_TOTP_SECRET = "BINADEMOBINADEMOBINADEMOBINADEMO"  # noqa: S105 - a secret that everybody knows
