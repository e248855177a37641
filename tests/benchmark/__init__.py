"""What script/benchmark measures."""
