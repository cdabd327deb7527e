-- What else a spoken turn's words may have been, best first: cleaning weighs these readings, in whichever run it happens.
ALTER TABLE turns ADD COLUMN alternatives jsonb NOT NULL DEFAULT '[]';
