"""Where people come in: front page, desk, navigation, the pages on organisations.

Home sees every other package and is seen by none; it reads from them and
changes things only by calling their actions.
"""
