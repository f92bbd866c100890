"""The demo: facts of real networks, retold, and an invented network around them.

`facts/` holds what is known of real bodies and nothing else. Everything that is
made up (`invented/`, `texts/`, `forms/`) hangs on invented bodies. Whatever is
there already is left alone, so that loading twice changes nothing.

Others may import: loading (load), logins (LOGINS, password), words.
"""
