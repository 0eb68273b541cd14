"""The abilities, one file each: they turn an understood message into moves. They open nothing and ask no model."""
