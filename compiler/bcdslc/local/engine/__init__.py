"""Stages in their real images, by a container engine: one container for each attempt at a datum."""
