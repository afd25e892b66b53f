-- What a published verification rests on is as final as its text. A passage is what the snapshot says
-- at that place. A source is protected from the start, so that nothing of it was ever seen.
CREATE OR REPLACE FUNCTION evidence_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE source record;
BEGIN
  IF TG_OP <> 'INSERT' AND EXISTS (SELECT FROM claims_verification WHERE id = OLD.verification_id)
  THEN
    PERFORM verification_is_open(OLD.verification_id);
  END IF;
  IF TG_OP = 'DELETE' THEN
    PERFORM forget_source(OLD.id);
    RETURN OLD;
  END IF;
  PERFORM verification_is_open(NEW.verification_id);
  IF TG_OP = 'UPDATE' AND NEW.protected AND NOT OLD.protected THEN
    PERFORM gate_closed('evidence_is_protected_from_the_start');
  END IF;
  IF NEW.snapshot_id IS NOT NULL THEN
    SELECT document_id, text INTO source FROM sources_snapshot WHERE id = NEW.snapshot_id;
    IF source.document_id IS DISTINCT FROM NEW.document_id THEN
      PERFORM gate_closed('evidence_snapshot_is_of_its_document');
    END IF;
    IF NEW.passage <> '' AND NEW.passage IS DISTINCT FROM
      substr(source.text, NEW.start + 1, NEW."end" - NEW.start)
    THEN
      PERFORM gate_closed('evidence_passage_is_in_the_snapshot');
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER evidence_gate BEFORE INSERT OR UPDATE OR DELETE
  ON claims_evidence FOR EACH ROW EXECUTE FUNCTION evidence_gate();

-- Who stands behind published evidence is not put in, changed or taken out later.
CREATE OR REPLACE FUNCTION protected_source_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM verification_is_open(verification_id) FROM claims_evidence
    WHERE id IN (OLD.evidence_id, NEW.evidence_id);
  RETURN coalesce(NEW, OLD);
END $$;
CREATE OR REPLACE TRIGGER protected_source_gate BEFORE INSERT OR UPDATE OR DELETE
  ON claims_protectedsource FOR EACH ROW EXECUTE FUNCTION protected_source_gate();

-- Whether it is written down who stands behind a piece of evidence; not who.
CREATE OR REPLACE FUNCTION protected_source_is_known(evidence bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  entitled text := coalesce(current_setting('constat.protected', true), '');
  known boolean;
BEGIN
  PERFORM set_config('constat.protected', 'on', true);
  known := EXISTS (SELECT FROM claims_protectedsource WHERE evidence_id = evidence);
  PERFORM set_config('constat.protected', entitled, true);
  RETURN known;
END $$;

-- What is known of a protected source goes with its evidence, whoever deletes that.
CREATE OR REPLACE FUNCTION forget_source(evidence bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE entitled text := coalesce(current_setting('constat.protected', true), '');
BEGIN
  PERFORM set_config('constat.protected', 'on', true);
  DELETE FROM claims_protectedsource WHERE evidence_id = evidence;
  PERFORM set_config('constat.protected', entitled, true);
END $$;
