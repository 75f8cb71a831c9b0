"""Every change of the register: one module for each subject, one function for each button."""
