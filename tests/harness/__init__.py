"""Instruments for tests that need more than one process, or a bad day.

kill_loop     starts workers and kills them with -9 at odd moments
broker        a broker of its own that can be killed with them
mail_sink     a mail server that delivers to nobody and counts what it took
fault_proxy   stands before a server and refuses, hangs, cuts or slows down
databases     a database of their own for processes under test
canaries      one secret word in every protected field
site          the whole site as its visitors get it: web server and worker
"""
