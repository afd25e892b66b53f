-- Only a finding in force is found to hold still, at the time of the record's clock, until a day to come;
-- and that stands.
CREATE OR REPLACE FUNCTION recheck_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM gate_closed('recheck_is_final'); END IF;
  NEW.made_at := record_clock();
  PERFORM 1 FROM claims_verification verification
    WHERE id = NEW.verification_id AND status = 'published'
      AND NOT EXISTS (SELECT FROM claims_withdrawal WHERE verification_id = verification.id)
      AND NOT EXISTS (
        SELECT FROM claims_verification later
         WHERE later.predecessor_id = verification.id AND later.status = 'published')
    FOR KEY SHARE;
  IF NOT FOUND THEN PERFORM gate_closed('recheck_of_a_finding_in_force'); END IF;
  IF NEW.review_by <= local_date(NEW.made_at) THEN PERFORM gate_closed('recheck_looks_ahead'); END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER recheck_gate BEFORE INSERT OR UPDATE OR DELETE
  ON claims_recheck FOR EACH ROW EXECUTE FUNCTION recheck_gate();
