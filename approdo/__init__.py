"""Puts the rooms together: the FastAPI application, the command line, the processes."""
