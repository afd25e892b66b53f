-- A merge redirects for ever, or until it is undone, once.
CREATE OR REPLACE FUNCTION merge_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.made_at := record_clock();
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' OR OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL
    OR (OLD.merged_id, OLD.kept_id, OLD.made_by_id, OLD.made_at, OLD.act) IS DISTINCT FROM
       (NEW.merged_id, NEW.kept_id, NEW.made_by_id, NEW.made_at, NEW.act)
  THEN
    PERFORM gate_closed('merge_is_permanent');
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER merge_gate BEFORE INSERT OR UPDATE OR DELETE
  ON claims_speakermerge FOR EACH ROW EXECUTE FUNCTION merge_gate();
CREATE OR REPLACE TRIGGER merge_gate BEFORE INSERT OR UPDATE OR DELETE
  ON claims_claimmerge FOR EACH ROW EXECUTE FUNCTION merge_gate();
