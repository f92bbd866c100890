"""What we announce, inside the transaction of the act: a receiver that fails undoes it.

Every signal carries `journey` and `subject`; the sender is the subject's class.
"""

from django.dispatch import Signal

journey_started = Signal()  # also when a returned paper comes back
stage_opened = Signal()  # stage
decision_given = Signal()  # stage, decision
journey_returned = Signal()  # by, comment
journey_agreed = Signal()  # by, revision; the page is already published
journey_refused = Signal()  # by
journey_withdrawn = Signal()  # by
taken_over = Signal()  # no journey; by, source, on, revision
