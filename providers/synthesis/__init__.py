"""What voices have in common: sound out of bytes, requests to a service, programs that speak, words said so far."""
