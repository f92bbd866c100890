"""Who signs in, and which roles they hold. Persons of the register live in networks.

Others may import: models (the user), roles, actions.
"""
