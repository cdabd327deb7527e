"""Google accounts: who we are to Google, and how its SDKs reach it without blocking anybody."""
