"""Bodies that come in and documents that go out, one file per noun."""
