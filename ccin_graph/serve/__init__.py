"""The site over HTTP on this machine, with content negotiation for the IRIs of things."""
