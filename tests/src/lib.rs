//! Stories that walk through the whole house live in `tests/tests/`.
