"""What a call costs and how true it is: sound, time to the first word, live streams, random cuts, recognition."""
