"""Files that people send: how large they may be."""

# A file of a record, or one that is read and thrown away, in bytes. The proxy in front must let it through.
FILE_SIZE_LIMIT = 20 * 1024 * 1024
