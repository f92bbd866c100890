"""What people come in by: pages, forms and verbs, one package for each kind of visit."""
