-- Which rows of the API's resources may look otherwise, or be public or not, after what was noted in
-- claims_publicchange up to an id, and with the days that came after one that was looked at.
--
-- Rather too many than one too few: what is found here is what a mirror is told of, and where nothing
-- changed it is told the same again. Of those that are not ``others`` only whether they are public
-- may have changed. Where a relation ended meanwhile, its end was noted with the ids of both sides.
-- claims/api says what a row shows of others; claims/sync/settle.py asks.
CREATE OR REPLACE FUNCTION touched_rows(until bigint, seen date, today date)
RETURNS TABLE (resource text, number bigint, others boolean) LANGUAGE sql STABLE AS $$
WITH RECURSIVE noted AS MATERIALIZED (
  SELECT DISTINCT kind, "row" AS id FROM claims_publicchange WHERE id <= until
), claim AS MATERIALIZED (
  SELECT id FROM noted WHERE kind = 'claim'
), rating AS MATERIALIZED (
  -- Its siblings too: where two swap their names, each must lose its old one first.
  SELECT rating.id FROM claims_rating rating
   WHERE rating.scale_id IN (
     SELECT id FROM noted WHERE kind = 'scale'
     UNION
     SELECT other.scale_id FROM noted JOIN claims_rating other ON other.id = noted.id
      WHERE noted.kind = 'rating')
  UNION
  SELECT id FROM noted WHERE kind = 'rating'
), verification AS MATERIALIZED (
  SELECT id FROM noted WHERE kind = 'verification'
  UNION
  SELECT verification.id FROM rating JOIN claims_verification verification ON rating_id = rating.id
   WHERE verification.status = 'published'
), development AS MATERIALIZED (
  SELECT id FROM noted WHERE kind = 'development'
  UNION
  -- One that rests on a later claim is public with it.
  SELECT development.id FROM claim JOIN claims_development development ON claim_id = claim.id
), moved(id) AS MATERIALIZED (
  SELECT id FROM claim
  UNION
  SELECT claim_id FROM verification JOIN claims_verification_claims ON verification_id = verification.id
  UNION
  SELECT claim_id FROM development JOIN claims_effect ON development_id = development.id
  UNION
  SELECT claim_id FROM development JOIN claims_forecast ON development_id = development.id
  UNION
  SELECT claim_id FROM noted JOIN claims_forecast ON claims_forecast.id = noted.id
   WHERE noted.kind = 'forecast'
  UNION
  SELECT link.claim_id FROM claim JOIN claims_link link ON link.earlier_id = claim.id
   WHERE link.status = 'accepted'
  UNION
  SELECT link.earlier_id FROM claim JOIN claims_link link ON link.claim_id = claim.id
   WHERE link.status = 'accepted'
  UNION
  -- By the day alone: a forecast has come due; what was told beforehand has happened.
  SELECT claim_id FROM claims_forecast
   WHERE outcome = '' AND upper(due_on) > seen AND upper(due_on) <= today
  UNION
  SELECT effect.claim_id FROM claims_development happened
    JOIN claims_effect effect ON effect.development_id = happened.id
   WHERE happened.status = 'accepted' AND lower(happened.occurred_on) > seen
     AND lower(happened.occurred_on) <= today
), standing(id) AS (
  -- A verification stands for what repeats the claim, and for what that repeats.
  SELECT id FROM moved
  UNION
  SELECT other.id FROM standing CROSS JOIN LATERAL (
    SELECT earlier_id FROM claims_link
     WHERE claim_id = standing.id AND kind = 'repeats' AND status = 'accepted'
    UNION ALL
    SELECT claim_id FROM claims_link
     WHERE earlier_id = standing.id AND kind = 'repeats' AND status = 'accepted'
  ) other(id)
), sentence AS MATERIALIZED (
  SELECT id FROM noted WHERE kind = 'sentence'
  UNION
  SELECT sentence_id FROM claim JOIN claims_claim ON claims_claim.id = claim.id
  UNION
  SELECT sentence_id FROM claim JOIN claims_appearance ON claim_id = claim.id
), document AS MATERIALIZED (
  SELECT id FROM noted WHERE kind = 'document'
  UNION
  SELECT snapshot.document_id
    FROM sentence
    JOIN sources_sentence ON sources_sentence.id = sentence.id
    JOIN sources_snapshot snapshot ON snapshot.id = sources_sentence.snapshot_id
  UNION
  SELECT document_id FROM verification JOIN claims_evidence ON verification_id = verification.id
  UNION
  SELECT document_id FROM development
    JOIN claims_development ON claims_development.id = development.id
)
SELECT resource, id, bool_or(others) FROM (
  SELECT 'claims', id, true FROM standing
  UNION ALL SELECT 'verifications', id, true FROM verification
  UNION ALL SELECT 'verifications', verification_id, true
    FROM claim JOIN claims_verification_claims ON claim_id = claim.id
  UNION ALL SELECT 'evidence', id, true FROM noted WHERE kind = 'evidence'
  UNION ALL SELECT 'evidence', evidence.id, false
    FROM verification JOIN claims_evidence evidence ON verification_id = verification.id
  UNION ALL SELECT 'developments', id, true FROM development
  UNION ALL SELECT 'developments', development_id, true
    FROM claim JOIN claims_effect ON claim_id = claim.id
  UNION ALL SELECT 'forecasts', id, true FROM noted WHERE kind = 'forecast'
  UNION ALL SELECT 'forecasts', forecast.id, true
    FROM moved JOIN claims_forecast forecast ON claim_id = moved.id
  UNION ALL SELECT 'corrections', id, true FROM noted WHERE kind = 'correction'
  UNION ALL SELECT 'corrections', correction.id, true
    FROM claim JOIN claims_correction correction ON claim_id = claim.id
  UNION ALL SELECT 'corrections', correction.id, true
    FROM development JOIN claims_correction correction ON development_id = development.id
  UNION ALL SELECT 'ratings', id, true FROM rating
  UNION ALL SELECT 'sentences', id, false FROM sentence
  UNION ALL SELECT 'documents', id, true FROM noted WHERE kind = 'document'
  UNION ALL SELECT 'documents', id, false FROM document
  UNION ALL SELECT 'publishers', id, true FROM noted WHERE kind = 'publisher'
  UNION ALL SELECT 'publishers', publisher_id, false
    FROM document JOIN sources_document ON sources_document.id = document.id
  UNION ALL SELECT 'speakers', id, true FROM noted WHERE kind = 'speaker'
  UNION ALL SELECT 'speakers', speaker_id, false
    FROM claim JOIN claims_claim ON claims_claim.id = claim.id
  UNION ALL SELECT 'speakers', speaker.id, true
    FROM document JOIN claims_speaker speaker ON speaker.within_id = document.id
  UNION ALL SELECT 'speakers', position.speaker_id, true
    FROM noted JOIN claims_position position ON position.organisation_id = noted.id
   WHERE noted.kind = 'speaker'
) AS touched(resource, id, others)
WHERE id IS NOT NULL
GROUP BY resource, id
$$;
