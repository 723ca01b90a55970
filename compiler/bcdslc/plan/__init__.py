"""What would change on a cluster, as values: decided here, shown by `view`, done by `apply`."""
