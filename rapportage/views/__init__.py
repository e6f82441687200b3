"""Screens of the report: the report itself, and the desk of one passage."""
