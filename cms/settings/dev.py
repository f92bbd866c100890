"""A developer's or a visitor's own machine: embedded engines, no foreign host."""

from .base import *  # noqa: F403
from .base import VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)


def local_secret_key() -> str:
    """Return this machine's own key, made once and kept below var/."""
    from django.core.management.utils import get_random_secret_key

    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or local_secret_key()
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
globals().update(env.email_url("EMAIL_URL", default=f"filemail:///{VAR_DIR}/mail"))
