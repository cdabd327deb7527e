-- What of a turn's spoken words has certainly been played to the other side: the reply of a caller's turn, or an agent's
-- own words. Null where nothing is spoken, since written words are read as a whole.
ALTER TABLE turns ADD COLUMN heard text;
