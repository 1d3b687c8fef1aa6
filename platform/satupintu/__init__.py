"""One door: forms and referral rules as documents, and the runtime that asks and decides by them."""
