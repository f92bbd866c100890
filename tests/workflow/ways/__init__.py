"""Every way into, or out of, the public: tried by everybody, and working where nothing governs."""
