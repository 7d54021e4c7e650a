"""Stories of paying by card, each with the real SDK and the test till over HTTP."""
