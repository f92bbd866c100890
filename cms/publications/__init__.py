"""What networks publish: documentations in print, profiles, working aids, newsletters, surveys.

Others may import: models.
"""
