"""What a message means: where it goes, what the person told about their situation, which stage they are in."""
