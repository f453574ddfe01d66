"""Many runs: replications of one or several scenarios with common luck, and what differs between them."""
