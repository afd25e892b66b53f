-- Only what is public is corrected, at the time of the record's clock, and the note then stands.
CREATE OR REPLACE FUNCTION correction_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM gate_closed('correction_is_final'); END IF;
  NEW.made_at := record_clock();
  PERFORM 1
    WHERE EXISTS (
      SELECT FROM claims_claim WHERE id = NEW.claim_id AND status = 'accepted')
    OR EXISTS (
      SELECT FROM claims_verification WHERE id = NEW.verification_id AND status = 'published')
    OR EXISTS (
      SELECT FROM claims_development WHERE id = NEW.development_id AND status = 'accepted');
  -- Of nothing at all: that is for the constraint on what it concerns to say.
  IF NOT FOUND AND coalesce(NEW.claim_id, NEW.verification_id, NEW.development_id) IS NOT NULL THEN
    PERFORM gate_closed('correction_of_something_published');
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER correction_gate BEFORE INSERT OR UPDATE OR DELETE
  ON claims_correction FOR EACH ROW EXECUTE FUNCTION correction_gate();
