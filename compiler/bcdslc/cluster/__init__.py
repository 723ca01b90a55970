"""A Pachyderm cluster: where it is, what stands there, and the one door to gRPC."""
