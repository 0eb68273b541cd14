"""From a document to its plan: structure first, then the words of each sentence. Needs no model."""
