"""All that a person kept, to take along: as a document to read, and as an archive that reads back. Pure."""
