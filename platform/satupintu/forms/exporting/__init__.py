"""Forms as documents that others read: one file a dialect."""
