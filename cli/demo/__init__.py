"""`parley demo`: a call, played through the real server, as text and as sound."""
