"""A backup of everything: all rows and all documents, as files that either database can be restored from.

The format is described in docs/backup.md; what it is for and why it is no dump of the database in docs/besluiten/0051-backup.md.
"""
