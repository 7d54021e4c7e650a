"""The test till: a small server that speaks Stripe's API, for demo and tests. It knows no Django and no stage."""
