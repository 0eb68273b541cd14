"""Cards become chunks, chunks become vectors in Chroma, a message becomes passages. A person's plan never enters here."""
