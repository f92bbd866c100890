"""Bringing in other people's archives.

`jsonfiles` reads values from files, `oparl` and `folders` turn what they find into
`records`, `storing` writes records in batches. What is odd goes into `oddities`.
"""
