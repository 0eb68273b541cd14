"""One OpenAI-compatible client for every endpoint; the embedded server is just one more endpoint."""
