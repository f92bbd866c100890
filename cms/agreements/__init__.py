"""What parties agree on in writing: chains of agreements, joint declarations, who signed.

An agreement is a page in a series; its number says where in the chain it
stands. A declaration is a page with text versions; its signing rounds and
signatures are records of their own, because they outlive every draft. Whoever
wants to accede to it writes a request, a page below the declaration.

Others may import: models, register, statements.
"""
