"""What we keep: the project package and its chapters.

The chapters stand on each other in one order, each knowing only those below:
accounts < networks < documents < agreements | events | publications < archive.
Beneath them all lies the ground, cms.core. settings, urls, wsgi and celery are
the keys of the house: they name packages as strings only.
"""

from cms.celery import app as celery_app

__all__ = ["celery_app"]
