"""Speech recognition by PocketSphinx in worker processes: no download and no network, meant for trying out."""
