-- Where each claim stands: the one definition, for pages, API and desk, today and at any past time
-- (the same view is made over the present and over the past tables: sources/past.py).
--
-- The strongest that is there decides: the outcome of its forecast; the latest development that
-- happened by now, after its verification was published, and does more than give context or clarify;
-- the latest published version of its verification, or that of a claim it repeats, unless one between
-- them has a verification of its own; its open forecast.
CREATE VIEW claims_standing AS
SELECT
  claim.id AS claim_id,
  CASE
    WHEN forecast.outcome <> '' THEN 'outcome'
    WHEN effect.id IS NOT NULL THEN 'development'
    WHEN finding.withdrawn THEN 'withdrawal'
    WHEN finding.id IS NOT NULL THEN 'verification'
    WHEN forecast.id IS NOT NULL THEN 'forecast'
    ELSE 'none'
  END AS basis,
  CASE
    WHEN forecast.outcome <> '' THEN forecast.outcome
    WHEN effect.id IS NOT NULL THEN
      CASE effect.kind
        WHEN 'confirms' THEN 'confirmed'
        WHEN 'contradicts' THEN 'contradicted'
        WHEN 'fulfils' THEN 'fulfilled'
        WHEN 'partly_fulfils' THEN 'partly_fulfilled'
        WHEN 'breaks' THEN 'broken'
        WHEN 'overtakes' THEN 'overtaken'
        WHEN 'retracts' THEN 'retracted'
      END
    WHEN finding.withdrawn THEN 'withdrawn'
    WHEN finding.id IS NOT NULL THEN finding.rating
    WHEN forecast.id IS NOT NULL THEN
      CASE WHEN upper(forecast.due_on) <= record_today() THEN 'due' ELSE 'open' END
    ELSE 'unverified'
  END AS value,
  finding.id AS verification_id,
  effect.id AS effect_id,
  finding.through_id
FROM claims_claim claim
LEFT JOIN claims_forecast forecast ON forecast.claim_id = claim.id
-- The verification in force: the claim's own, else that of one it repeats, the latest published.
LEFT JOIN LATERAL (
  WITH RECURSIVE own AS (
    SELECT coverage.claim_id, verification.id, verification.published_at, verification.rating_id,
           withdrawal.id IS NOT NULL AS withdrawn
      FROM claims_verification_claims coverage
      JOIN claims_verification verification ON verification.id = coverage.verification_id
      LEFT JOIN claims_withdrawal withdrawal ON withdrawal.verification_id = verification.id
     WHERE coverage.claim_id = claim.id AND verification.status = 'published'
       AND NOT EXISTS (
         SELECT FROM claims_verification later
          WHERE later.predecessor_id = verification.id AND later.status = 'published')
  ), repeated(claim_id) AS (
    SELECT claim.id WHERE NOT EXISTS (SELECT FROM own)
    UNION
    SELECT other.id
      FROM repeated
      -- A claim with a verification of its own does not pass on that of another.
      JOIN claims_link link ON repeated.claim_id IN (link.claim_id, link.earlier_id)
       AND link.kind = 'repeats' AND link.status = 'accepted'
      JOIN claims_claim other ON other.id = link.claim_id + link.earlier_id - repeated.claim_id
       AND other.status = 'accepted'
     WHERE repeated.claim_id = claim.id OR NOT EXISTS (
       SELECT FROM claims_verification_claims coverage
       JOIN claims_verification verification ON verification.id = coverage.verification_id
        WHERE coverage.claim_id = repeated.claim_id AND verification.status = 'published'
       OFFSET 0)
  ), standing_for AS (
    SELECT claim_id AS through_id, id, published_at, rating_id, withdrawn FROM own
    UNION ALL
    SELECT repeated.claim_id, found.id, found.published_at, found.rating_id, false
      FROM repeated
     CROSS JOIN LATERAL (
       SELECT verification.id, verification.published_at, verification.rating_id
         FROM claims_verification_claims coverage
         JOIN claims_verification verification ON verification.id = coverage.verification_id
        WHERE coverage.claim_id = repeated.claim_id AND verification.status = 'published'
          AND NOT EXISTS (
            SELECT FROM claims_verification later
             WHERE later.predecessor_id = verification.id AND later.status = 'published')
          AND NOT EXISTS (
            SELECT FROM claims_withdrawal withdrawal
             WHERE withdrawal.verification_id = verification.id)
       OFFSET 0) AS found
     WHERE repeated.claim_id <> claim.id
  )
  SELECT standing_for.id, standing_for.published_at, standing_for.withdrawn,
         rating.value AS rating, nullif(standing_for.through_id, claim.id) AS through_id
    FROM standing_for
    JOIN claims_rating rating ON rating.id = standing_for.rating_id
   ORDER BY standing_for.published_at DESC, standing_for.id DESC
   LIMIT 1
) finding ON true
LEFT JOIN LATERAL (
  SELECT effect.id, effect.kind
    FROM claims_effect effect
    JOIN claims_development development ON development.id = effect.development_id
    LEFT JOIN claims_claim later ON later.id = development.claim_id
   WHERE effect.claim_id = claim.id AND effect.status = 'accepted'
     AND development.status = 'accepted'
     AND (development.claim_id IS NULL OR later.status = 'accepted')
     AND effect.kind NOT IN ('context', 'clarifies')
     AND lower(development.occurred_on) <= record_today()
     AND (
       finding.id IS NULL OR finding.withdrawn
       OR lower(development.occurred_on) > local_date(finding.published_at))
   ORDER BY development.occurred_on DESC, effect.id DESC
   LIMIT 1
) effect ON true;
