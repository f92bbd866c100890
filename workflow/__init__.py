"""How a paper travels: routes, stages, decisions, and the one way to publication.

This package moves papers without knowing what they are. Whatever wants to be
moved registers as a subject (subjects.py); pages inherit GovernedPage; whoever
wants to know the outcome listens to signals.py. Wagtail's workflow is only the
shell around a journey: dashboard, locks and history keep working, the engine
below it is ours.

Others may import: actions, desk, digests, errors, governed, signals, subjects,
and the words in rules.
"""
