-- What a published verification is about stays public, was said before it, and is not from the only
-- document it rests on; a merged claim leads to the one kept; what has a forecast can have one.
CREATE OR REPLACE FUNCTION claim_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'merged' AND NEW.status <> 'merged' AND EXISTS (
    SELECT FROM claims_claimmerge WHERE merged_id = NEW.id AND undone_at IS NULL)
  THEN
    PERFORM gate_closed('merge_is_permanent');
  END IF;
  IF NEW.kind NOT IN ('prediction', 'commitment')
    AND EXISTS (SELECT FROM claims_forecast WHERE claim_id = NEW.id)
  THEN
    PERFORM gate_closed('forecast_of_a_prediction_or_commitment');
  END IF;
  PERFORM claim_agrees_with_its_verifications(NEW.id);
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER claim_gate AFTER UPDATE OF status, said_on, sentence_id, kind
  ON claims_claim FOR EACH ROW EXECUTE FUNCTION claim_gate();

CREATE OR REPLACE FUNCTION claim_agrees_with_its_verifications(claim bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE breach text;
BEGIN
  PERFORM read_committed();
  SELECT name INTO breach
    FROM claims_verification_claims coverage
    JOIN claims_verification verification ON verification.id = coverage.verification_id
    CROSS JOIN verification_breaches(verification) AS name
    WHERE coverage.claim_id = claim AND verification.status = 'published'
      AND name IN (
        'verification_of_accepted_claims', 'verification_has_outside_evidence',
        'verification_after_the_claim')
    LIMIT 1;
  IF FOUND THEN
    PERFORM gate_closed(CASE breach
      WHEN 'verification_of_accepted_claims' THEN 'claim_verified_stays_accepted'
      WHEN 'verification_after_the_claim' THEN 'claim_said_before_its_verification'
      ELSE breach END);
  END IF;
END $$;

-- What was public has an address that answers for ever: its row is kept. A claim that was let in, or is
-- part of another, is rejected rather than deleted.
CREATE OR REPLACE FUNCTION claim_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('accepted', 'merged')
    OR EXISTS (SELECT FROM claims_claimevent WHERE id = OLD.id AND status = 'accepted')
  THEN
    PERFORM gate_closed('claim_is_kept');
  END IF;
  RETURN OLD;
END $$;
CREATE OR REPLACE TRIGGER claim_is_kept BEFORE DELETE
  ON claims_claim FOR EACH ROW EXECUTE FUNCTION claim_is_kept();

CREATE OR REPLACE FUNCTION speaker_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM claims_claimevent WHERE speaker_id = OLD.id AND status = 'accepted') THEN
    PERFORM gate_closed('speaker_is_kept');
  END IF;
  RETURN OLD;
END $$;
CREATE OR REPLACE TRIGGER speaker_is_kept BEFORE DELETE
  ON claims_speaker FOR EACH ROW EXECUTE FUNCTION speaker_is_kept();

-- The day a document was published is that of its undated claims. And what is cited or read is kept.
CREATE OR REPLACE FUNCTION document_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT FROM sources_snapshot WHERE document_id = OLD.id)
      OR EXISTS (SELECT FROM claims_evidence WHERE document_id = OLD.id)
      OR EXISTS (SELECT FROM claims_development WHERE document_id = OLD.id)
      OR EXISTS (
        SELECT FROM claims_developmentevent WHERE document_id = OLD.id AND status = 'accepted')
    THEN
      PERFORM gate_closed('document_is_kept');
    END IF;
    RETURN OLD;
  END IF;
  PERFORM claim_agrees_with_its_verifications(claim.id)
    FROM claims_claim claim
    JOIN sources_sentence sentence ON sentence.id = claim.sentence_id
    JOIN sources_snapshot snapshot ON snapshot.id = sentence.snapshot_id
    WHERE snapshot.document_id = NEW.id AND claim.status = 'accepted';
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER document_gate AFTER UPDATE OF published_on
  ON sources_document FOR EACH ROW EXECUTE FUNCTION document_gate();
CREATE OR REPLACE TRIGGER document_is_kept BEFORE DELETE
  ON sources_document FOR EACH ROW EXECUTE FUNCTION document_gate();
