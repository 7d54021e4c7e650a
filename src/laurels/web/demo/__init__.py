"""A believable demo, built through the same actions as real life, only with past clocks."""
