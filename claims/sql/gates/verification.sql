-- What stands in the way of publishing a verification as it is now: names of gates, none if nothing.
-- Asked by the gate through which it is published, and by the desk to say what is still missing.
CREATE OR REPLACE FUNCTION verification_breaches(v claims_verification) RETURNS SETOF text
LANGUAGE sql STABLE AS $$
  WITH covered AS (
    SELECT claim.id, claim.status, snapshot.document_id,
           lower(coalesce(claim.said_on, document.published_on)) AS said
      FROM claims_verification_claims coverage
      JOIN claims_claim claim ON claim.id = coverage.claim_id
      JOIN sources_sentence sentence ON sentence.id = claim.sentence_id
      JOIN sources_snapshot snapshot ON snapshot.id = sentence.snapshot_id
      JOIN sources_document document ON document.id = snapshot.document_id
     WHERE coverage.verification_id = v.id
  ), evidence AS (
    SELECT evidence.id, evidence.document_id, evidence.protected, evidence.stance,
           evidence.passage, evidence.note,
           greatest(evidence.retrieved_at, snapshot.fetched_at) AS retrieved_at
      FROM claims_evidence evidence
      LEFT JOIN sources_snapshot snapshot ON snapshot.id = evidence.snapshot_id
     WHERE evidence.verification_id = v.id
  ), publication AS (
    SELECT coalesce(v.published_at, record_clock()) AS moment
  )
  SELECT 'verification_has_claims' WHERE NOT EXISTS (SELECT FROM covered)
  UNION ALL
  SELECT 'verification_is_rated' WHERE v.rating_id IS NULL
  UNION ALL
  SELECT 'verification_has_a_summary' WHERE v.summary = ''
  UNION ALL
  SELECT 'verification_is_explained' WHERE v.explanation = ''
  UNION ALL
  SELECT 'verification_of_accepted_claims'
   WHERE EXISTS (SELECT FROM covered WHERE status <> 'accepted')
  UNION ALL
  SELECT 'verification_has_evidence' WHERE NOT EXISTS (SELECT FROM evidence)
  UNION ALL
  SELECT 'verification_has_outside_evidence'
   WHERE EXISTS (SELECT FROM evidence) AND EXISTS (
     SELECT FROM covered WHERE NOT EXISTS (
       SELECT FROM evidence WHERE evidence.document_id IS DISTINCT FROM covered.document_id))
  UNION ALL
  SELECT 'verification_evidence_is_there'
   WHERE EXISTS (SELECT FROM evidence WHERE document_id IS NULL AND NOT protected)
  UNION ALL
  SELECT 'verification_evidence_takes_a_stance'
   WHERE EXISTS (SELECT FROM evidence WHERE stance = '')
  UNION ALL
  SELECT 'verification_evidence_shows_something'
   WHERE EXISTS (SELECT FROM evidence WHERE passage = '' AND note = '')
  UNION ALL
  SELECT 'verification_notes_are_settled'
   WHERE EXISTS (
     SELECT FROM claims_reviewnote
      WHERE verification_id = v.id AND blocks AND settled_at IS NULL)
  UNION ALL
  SELECT 'verification_knows_its_protected_sources'
   WHERE EXISTS (SELECT FROM evidence WHERE protected AND NOT protected_source_is_known(id))
  UNION ALL
  SELECT 'verification_evidence_before_publication'
   WHERE EXISTS (SELECT FROM evidence, publication WHERE retrieved_at > moment)
  UNION ALL
  SELECT 'verification_after_the_claim'
   WHERE EXISTS (SELECT FROM covered, publication WHERE said > local_date(moment))
  UNION ALL
  SELECT 'verification_supersedes_a_published_one'
   WHERE EXISTS (
     SELECT FROM claims_verification WHERE id = v.predecessor_id AND status <> 'published')
  UNION ALL
  SELECT 'verification_after_what_it_supersedes'
   WHERE EXISTS (
     SELECT FROM claims_verification, publication
      WHERE id = v.predecessor_id AND claims_verification.published_at > moment)
  UNION ALL
  SELECT 'verification_names_what_it_supersedes'
   WHERE EXISTS (
     SELECT FROM covered
       JOIN claims_verification_claims coverage ON coverage.claim_id = covered.id
       JOIN claims_verification other ON other.id = coverage.verification_id
      WHERE other.status = 'published' AND other.id <> v.id
        AND other.id IS DISTINCT FROM v.predecessor_id
        AND NOT EXISTS (
          SELECT FROM claims_verification later
           WHERE later.predecessor_id = other.id AND later.status = 'published'))
  UNION ALL
  SELECT 'verification_covers_what_it_supersedes'
   WHERE EXISTS (
     SELECT FROM claims_verification_claims coverage
      WHERE coverage.verification_id = v.predecessor_id
        AND coverage.claim_id NOT IN (SELECT id FROM covered))
$$;

-- It begins as a draft, is reviewed, is published with all it takes, at the time of the record's
-- clock, and is final then.
CREATE OR REPLACE FUNCTION verification_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE breach text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'draft' THEN PERFORM gate_closed('verification_begins_as_a_draft'); END IF;
    RETURN NEW;
  END IF;
  IF OLD.status = 'published' THEN PERFORM gate_closed('verification_published_is_final'); END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF NEW.author_id <> OLD.author_id THEN PERFORM gate_closed('verification_keeps_its_author'); END IF;
  IF NEW.status = 'published' THEN
    IF OLD.status <> 'in_review' THEN PERFORM gate_closed('verification_is_reviewed_first'); END IF;
    PERFORM read_committed();
    -- One publication about a claim at a time: whoever comes second sees the first. And what it
    -- rests on does not change meanwhile.
    PERFORM 1 FROM claims_claim
      WHERE id IN (SELECT claim_id FROM claims_verification_claims WHERE verification_id = NEW.id)
      ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM sources_document document
      JOIN sources_snapshot snapshot ON snapshot.document_id = document.id
      JOIN sources_sentence sentence ON sentence.snapshot_id = snapshot.id
      JOIN claims_claim claim ON claim.sentence_id = sentence.id
      JOIN claims_verification_claims coverage ON coverage.claim_id = claim.id
      WHERE coverage.verification_id = NEW.id ORDER BY document.id FOR SHARE OF document;
    PERFORM 1 FROM claims_rating rating JOIN claims_scale scale ON scale.id = rating.scale_id
      WHERE rating.id = NEW.rating_id FOR SHARE;
    NEW.published_at := record_clock();
    SELECT name INTO breach FROM verification_breaches(NEW) AS name LIMIT 1;
    IF FOUND THEN PERFORM gate_closed(breach); END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER verification_gate BEFORE INSERT OR UPDATE OR DELETE
  ON claims_verification FOR EACH ROW EXECUTE FUNCTION verification_gate();

-- Raises if a verification is published, or not there; holds off its publication until this
-- transaction ends.
CREATE OR REPLACE FUNCTION verification_is_open(verification bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM read_committed();
  PERFORM 1 FROM claims_verification WHERE id = verification FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no verification %', verification USING ERRCODE = 'foreign_key_violation';
  END IF;
  PERFORM 1 FROM claims_verification WHERE id = verification AND status = 'published';
  IF FOUND THEN PERFORM gate_closed('verification_published_is_final'); END IF;
END $$;

-- What a published verification is about is as final as its text.
CREATE OR REPLACE FUNCTION coverage_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND EXISTS (SELECT FROM claims_verification WHERE id = OLD.verification_id)
  THEN
    PERFORM verification_is_open(OLD.verification_id);
  END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM verification_is_open(NEW.verification_id); END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE OR REPLACE TRIGGER coverage_gate BEFORE INSERT OR UPDATE OR DELETE
  ON claims_verification_claims FOR EACH ROW EXECUTE FUNCTION coverage_gate();

-- Only what is published is withdrawn, at the time of the record's clock, once and for all.
CREATE OR REPLACE FUNCTION withdrawal_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM gate_closed('withdrawal_is_final'); END IF;
  NEW.withdrawn_at := record_clock();
  PERFORM 1 FROM claims_verification
    WHERE id = NEW.verification_id AND published_at <= NEW.withdrawn_at;
  IF NOT FOUND THEN PERFORM gate_closed('withdrawal_of_a_published_verification'); END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER withdrawal_gate BEFORE INSERT OR UPDATE OR DELETE
  ON claims_withdrawal FOR EACH ROW EXECUTE FUNCTION withdrawal_gate();
