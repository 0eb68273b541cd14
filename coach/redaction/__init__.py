"""What a remote endpoint gets to see: names, addresses and numbers are found, replaced and put back. Pure."""
