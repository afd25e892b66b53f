-- A row keeps its id, and its public id: whatever refers to it refers to the same for ever.
CREATE OR REPLACE FUNCTION row_keeps_its_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The id of a row never changes.'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'row_keeps_its_id';
END $$;

-- What offsets point into is never deleted.
CREATE OR REPLACE FUNCTION text_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Texts that were fetched are kept.'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'text_is_kept';
END $$;

-- The past is not rewritten: nothing is recorded as older than what the row said last.
CREATE OR REPLACE FUNCTION history_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before boolean;
BEGIN
  EXECUTE format(
    'SELECT EXISTS (SELECT FROM %s WHERE id = $1 AND pgh_recorded_at > $2)', TG_RELID::regclass
  ) INTO before USING NEW.id, NEW.pgh_recorded_at;
  IF before THEN
    RAISE EXCEPTION 'Nothing is recorded as older than what the row said last.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'history_moves_forward';
  END IF;
  RETURN NEW;
END $$;

-- Who changed what, and why, stands once it is written; more may be added.
CREATE OR REPLACE FUNCTION context_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.metadata @> OLD.metadata THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'Who changed something, and why, is not rewritten.'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'context_is_kept';
END $$;
CREATE OR REPLACE TRIGGER context_is_kept BEFORE UPDATE OR DELETE
  ON pghistory_context FOR EACH ROW EXECUTE FUNCTION context_is_kept();
