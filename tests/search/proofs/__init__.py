"""What search promises, proved on both engines: small every day, in full by `make soak`."""
