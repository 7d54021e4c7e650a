"""Live streams: whoever listens to a topic of the journal is told what happened there, in order, as it happens."""
