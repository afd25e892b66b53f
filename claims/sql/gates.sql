-- The gates of the record. Each refuses by its name; claims/gates.py has the sentences.
-- Installed anew after every migration; the triggers that call them belong to the models.

CREATE OR REPLACE FUNCTION gate_closed(gate text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', gate_sentence(gate) USING ERRCODE = 'check_violation', CONSTRAINT = gate;
END $$;

-- What stands in the way of publishing a verification as it is now: names of gates, none if nothing.
-- Asked by the trigger that publishes, and by the desk to say what is still missing.
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
    SELECT evidence.document_id,
           greatest(evidence.retrieved_at, snapshot.fetched_at) AS retrieved_at
      FROM claims_evidence evidence
      LEFT JOIN sources_snapshot snapshot ON snapshot.id = evidence.snapshot_id
     WHERE evidence.verification_id = v.id
  ), publication AS (
    SELECT coalesce(v.published_at, record_clock()) AS moment
  )
  SELECT 'verification_has_claims' WHERE NOT EXISTS (SELECT FROM covered)
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
  SELECT 'verification_evidence_before_publication'
   WHERE EXISTS (SELECT FROM evidence, publication WHERE retrieved_at > moment)
  UNION ALL
  SELECT 'verification_not_in_the_future' WHERE v.published_at > clock_timestamp()
  UNION ALL
  SELECT 'verification_after_the_claim'
   WHERE EXISTS (SELECT FROM covered, publication WHERE said > local_date(moment))
  UNION ALL
  SELECT 'verification_supersedes_a_published_one'
   WHERE EXISTS (
     SELECT FROM claims_verification WHERE id = v.predecessor_id AND status <> 'published')
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

-- A verification begins as a draft, is reviewed, is published with all it takes, and is final then.
CREATE OR REPLACE FUNCTION verification_gate(
  was claims_verification, becomes claims_verification, operation text
) RETURNS claims_verification LANGUAGE plpgsql AS $$
DECLARE breach text;
BEGIN
  IF operation = 'INSERT' THEN
    IF becomes.status <> 'draft' THEN PERFORM gate_closed('verification_begins_as_a_draft'); END IF;
    RETURN becomes;
  END IF;
  IF was.status = 'published' THEN PERFORM gate_closed('verification_published_is_final'); END IF;
  IF operation = 'DELETE' THEN RETURN was; END IF;
  IF becomes.status = 'published' THEN
    IF was.status <> 'in_review' THEN PERFORM gate_closed('verification_is_reviewed_first'); END IF;
    -- One publication about a claim at a time: whoever comes second sees the first.
    PERFORM 1 FROM claims_claim
      WHERE id IN (
        SELECT claim_id FROM claims_verification_claims WHERE verification_id = becomes.id)
      ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM claims_rating rating JOIN claims_scale scale ON scale.id = rating.scale_id
      WHERE rating.id = becomes.rating_id FOR SHARE;
    SELECT name INTO breach FROM verification_breaches(becomes) AS name LIMIT 1;
    IF FOUND THEN PERFORM gate_closed(breach); END IF;
  END IF;
  RETURN becomes;
END $$;

-- Raises if a verification is published; holds off its publication until this transaction ends.
CREATE OR REPLACE FUNCTION verification_is_open(verification bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM claims_verification WHERE id = verification FOR SHARE;
  PERFORM 1 FROM claims_verification WHERE id = verification AND status = 'published';
  IF FOUND THEN PERFORM gate_closed('verification_published_is_final'); END IF;
END $$;

-- What is known of a protected source goes with its evidence, whoever deletes that.
CREATE OR REPLACE FUNCTION forget_source(evidence bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE entitled text := coalesce(current_setting('constat.protected', true), '');
BEGIN
  PERFORM set_config('constat.protected', 'on', true);
  DELETE FROM claims_protectedsource WHERE evidence_id = evidence;
  PERFORM set_config('constat.protected', entitled, true);
END $$;

-- Raises if a published rating was given by a value of the scale.
CREATE OR REPLACE FUNCTION scale_is_unused(scale bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM claims_rating rating
    JOIN claims_verification verification ON verification.rating_id = rating.id
    WHERE rating.scale_id = scale AND verification.status = 'published';
  IF FOUND THEN PERFORM gate_closed('scale_in_use_is_final'); END IF;
END $$;

CREATE OR REPLACE FUNCTION evidence_gate(
  was claims_evidence, becomes claims_evidence, operation text
) RETURNS claims_evidence LANGUAGE plpgsql AS $$
DECLARE source record;
BEGIN
  IF operation <> 'INSERT' THEN PERFORM verification_is_open(was.verification_id); END IF;
  IF operation = 'DELETE' THEN
    PERFORM forget_source(was.id);
    RETURN was;
  END IF;
  PERFORM verification_is_open(becomes.verification_id);
  IF becomes.snapshot_id IS NOT NULL THEN
    SELECT document_id, text INTO source FROM sources_snapshot WHERE id = becomes.snapshot_id;
    IF source.document_id <> becomes.document_id THEN
      PERFORM gate_closed('evidence_snapshot_is_of_its_document');
    END IF;
    IF becomes.start IS NOT NULL
      AND substr(source.text, becomes.start + 1, becomes."end" - becomes.start) <> becomes.passage
    THEN
      PERFORM gate_closed('evidence_passage_is_in_the_snapshot');
    END IF;
  END IF;
  RETURN becomes;
END $$;

CREATE OR REPLACE FUNCTION claim_gate(becomes claims_claim) RETURNS claims_claim
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM claims_verification_claims coverage
    JOIN claims_verification verification ON verification.id = coverage.verification_id
    WHERE coverage.claim_id = becomes.id AND verification.status = 'published'
      AND becomes.status <> 'accepted';
  IF FOUND THEN PERFORM gate_closed('claim_verified_stays_accepted'); END IF;
  PERFORM 1 FROM claims_verification_claims coverage
    JOIN claims_verification verification ON verification.id = coverage.verification_id
    WHERE coverage.claim_id = becomes.id AND verification.status = 'published'
      AND lower(becomes.said_on) > local_date(verification.published_at);
  IF FOUND THEN PERFORM gate_closed('claim_said_before_its_verification'); END IF;
  RETURN becomes;
END $$;

-- Due date and criteria are fixed once the day is over or the outcome is known; until then a change
-- counts as written anew.
CREATE OR REPLACE FUNCTION forecast_gate(
  was claims_forecast, becomes claims_forecast, operation text
) RETURNS claims_forecast LANGUAGE plpgsql AS $$
DECLARE kind text;
BEGIN
  IF operation <> 'INSERT' AND (
    was.outcome <> '' OR upper(was.due_on) <= local_date(record_clock())
  ) AND (
    operation = 'DELETE'
    OR (was.claim_id, was.due_on, was.criteria, was.written_at)
       IS DISTINCT FROM (becomes.claim_id, becomes.due_on, becomes.criteria, becomes.written_at)
  ) THEN
    PERFORM gate_closed('forecast_criteria_are_fixed');
  END IF;
  IF operation = 'DELETE' THEN RETURN was; END IF;
  -- When the criteria were written is for nobody to say but the clock.
  IF operation = 'INSERT'
    OR (was.due_on, was.criteria) IS DISTINCT FROM (becomes.due_on, becomes.criteria)
  THEN
    becomes.written_at := record_clock();
  ELSE
    becomes.written_at := was.written_at;
  END IF;
  SELECT claim.kind INTO kind FROM claims_claim claim WHERE id = becomes.claim_id;
  IF kind NOT IN ('prediction', 'commitment') THEN
    PERFORM gate_closed('forecast_of_a_prediction_or_commitment');
  END IF;
  IF becomes.outcome <> '' AND becomes.outcome NOT IN ('overtaken', 'unresolvable')
    AND (becomes.outcome IN ('happened', 'partly', 'did_not_happen')) <> (kind = 'prediction')
  THEN
    PERFORM gate_closed('forecast_outcome_fits_the_claim');
  END IF;
  IF upper(becomes.resolved_on) <= local_date(becomes.written_at) THEN
    PERFORM gate_closed('forecast_written_before_the_event');
  END IF;
  RETURN becomes;
END $$;

CREATE OR REPLACE FUNCTION correction_gate(becomes claims_correction, operation text)
RETURNS claims_correction LANGUAGE plpgsql AS $$
BEGIN
  IF operation <> 'INSERT' THEN PERFORM gate_closed('correction_is_final'); END IF;
  PERFORM 1
    WHERE EXISTS (
      SELECT FROM claims_claim WHERE id = becomes.claim_id AND status = 'accepted')
    OR EXISTS (
      SELECT FROM claims_verification
       WHERE id = becomes.verification_id AND status = 'published')
    OR EXISTS (
      SELECT FROM claims_development
       WHERE id = becomes.development_id AND status = 'accepted');
  -- Of nothing at all: that is for the constraint on what it concerns to say.
  IF NOT FOUND AND
    coalesce(becomes.claim_id, becomes.verification_id, becomes.development_id) IS NOT NULL
  THEN
    PERFORM gate_closed('correction_of_something_published');
  END IF;
  RETURN becomes;
END $$;
