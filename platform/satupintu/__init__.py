"""One door: forms and referral rules as documents, and the runtime that runs them."""
