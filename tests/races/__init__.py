"""Races over real HTTP: a running site, people with sessions of their own, one moment.

settings            the site of the races: the tests' own settings, in processes of their own
unguarded           guards that a negative control takes away while the site runs
site                gunicorn and the backstage on a copy of the tests' database
backstage           brings papers to the start by the real actions, and says how a race ended
visitors            people: sign in, read a page, fill in its form, press at the same moment
verdict             what must never be true after a race
"""
