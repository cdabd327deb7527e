"""What a caller wants of the desk: read off each turn, kept until it is settled."""
