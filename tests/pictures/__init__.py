"""Pictures that are drawn by a command, so that they stay true: install icons and screens."""
