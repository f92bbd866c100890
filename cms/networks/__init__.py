"""Organisations under all their names, persons and posts, networks and their members.

A network is an organisation; so networks can be members of networks, parties of
agreements and holders of a page like any other body.

Others may import: models, papers (the mixin of papers of a network), grants.
"""
