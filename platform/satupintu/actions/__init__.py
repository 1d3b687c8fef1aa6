"""One function for each thing a person, or the worker, does: permission, audit, one commit."""
