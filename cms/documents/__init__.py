"""Files and pictures, what hangs on a paper, references between records, plain pages.

Uploads are private: they are stored under names of ours and served by views that
ask the kernel. Their text is taken out in a limited child process.

Others may import: models, reading, panels.
"""
