"""A rule set over a million cases at once, as SQL: what a change would have done to them."""
