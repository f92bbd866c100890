"""Words that other parts and tests rely on."""

# The source that takeovers of the demo name in the trail.
SOURCE = "Vorführung"

# Stands in one text for members only, on its page and in its PDF, and nowhere else:
# whoever finds it may read that text.
MEMBERS_ONLY_WORD = "Orvelanta"

NETWORK = "kommunalnetz-seenland"
MINISTRY = "gemeinwesenministerium"
