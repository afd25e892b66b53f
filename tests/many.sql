-- A record of %(claims)s claims, as a desk has it after two years: half of them candidates, one in twenty
-- verified, one prediction or commitment in two with a forecast. Triggers are off: nothing is tried here.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['sources_document', 'sources_snapshot', 'sources_sentence',
    'claims_speaker', 'claims_position', 'claims_claim', 'claims_scale', 'claims_rating',
    'claims_verification', 'claims_verification_claims', 'claims_development', 'claims_effect',
    'claims_forecast', 'claims_link']
  LOOP
    EXECUTE format('ALTER TABLE %%I DISABLE TRIGGER USER', name);
  END LOOP;
END $$;
INSERT INTO auth_user (id, username, password, is_superuser, first_name, last_name, email, is_staff,
                       is_active, date_joined)
SELECT 900000 + i, 'many-' || i, '', false, '', '', '', true, true, now() FROM generate_series(1, 4) i;
INSERT INTO sources_document (id, public_id, kind, title, language, added_at, byline, published_on)
SELECT i, 'd' || i, 'article', 'Article ' || i, 'fr',
       now() - i * interval '700 days' / (%(claims)s / 20), '', '[2025-12-01,2026-01-01)'
  FROM generate_series(1, %(claims)s / 20) i;
INSERT INTO sources_snapshot (id, document_id, text, sha256, original, media_type, fetched_at, sketch)
SELECT i, i, 'x', md5(i::text) || md5(i::text), '', 'text/plain', now() - interval '2 days', '{}'
  FROM generate_series(1, %(claims)s / 20) i;
INSERT INTO sources_sentence (id, snapshot_id, position, start, "end", text)
SELECT i, 1 + i %% (%(claims)s / 20), i / (%(claims)s / 20), 0, 1, 'x'
  FROM generate_series(1, %(claims)s) i;
INSERT INTO claims_speaker (id, public_id, kind, name)
SELECT i, 's' || i, CASE WHEN i <= 20 THEN 'organisation' ELSE 'person' END,
       CASE WHEN i <= 20 THEN 'Parti ' ELSE 'Jeanne Roux ' END || i
  FROM generate_series(1, 1000) i;
INSERT INTO claims_position (speaker_id, title, organisation_id, since)
SELECT i, 'députée', 1 + i %% 20, '[2020-01-01,2021-01-01)' FROM generate_series(21, 900) i;
INSERT INTO claims_claim (id, public_id, sentence_id, content, parts, quote, wording, speaker_id,
                          quotation, kind, status, decided_by_id, decided_at, check_worthiness, rule,
                          found_at, said_on, rejected_because)
SELECT i, 'c' || i, i, ARRAY['[0,1)'::int4range], ARRAY[]::int4range[], 'Deux écoles ouvrent.', '',
       1 + (sqrt(i)::int * 7) %% 1000, 'indirect',
       (ARRAY['fact', 'prediction', 'opinion', 'commitment', 'fact', 'demand'])[1 + i %% 6],
       CASE WHEN i %% 2 = 0 THEN 'candidate' ELSE 'accepted' END,
       CASE WHEN i %% 2 = 1 THEN 900001 + i %% 4 END,
       CASE WHEN i %% 2 = 1 THEN now() - i * interval '600 days' / %(claims)s END,
       (i %% 100) / 100.0, '', now(),
       daterange(current_date - 620 - i %% 50, current_date - 619 - i %% 50), ''
  FROM generate_series(1, %(claims)s) i;
INSERT INTO claims_scale (id, version, methodology, valid_from)
VALUES (900, 900, 'x', now());
INSERT INTO claims_rating (id, scale_id, value, label_fr, label_en, definition_fr, definition_en,
                           position)
SELECT i, 900, v, fr, en, 'x', 'x', i FROM (VALUES
  (1, 'true', 'Vrai', 'True'), (2, 'mostly-true', 'Plutôt vrai', 'Mostly true'),
  (3, 'imprecise', 'Imprécis', 'Imprecise'), (4, 'misleading', 'Trompeur', 'Misleading'),
  (5, 'false', 'Faux', 'False'), (6, 'unverifiable', 'Invérifiable', 'Unverifiable')
) AS scale(i, v, fr, en);
INSERT INTO claims_verification (id, public_id, rating_id, summary, explanation, status, author_id,
                                 approved_by_id, published_at, review_by)
SELECT i, 'v' || i, 1 + (i * i) %% 6, 'x', 'x', 'published', 900001, 900002,
       now() - i * interval '600 days' / (%(claims)s / 20),
       CASE WHEN i %% 4 = 0 THEN current_date - 30 + i %% 600 END
  FROM generate_series(1, %(claims)s / 20) i;
INSERT INTO claims_verification_claims (verification_id, claim_id)
SELECT i, i * 20 - 1 FROM generate_series(1, %(claims)s / 20) i;
INSERT INTO claims_development (id, public_id, occurred_on, title, account, document_id, status,
                                decided_by_id, decided_at)
SELECT i, 'x' || i, '[2026-01-01,2026-01-02)', 'x', 'x', 1,
       CASE WHEN i %% 100 = 0 THEN 'proposed' ELSE 'accepted' END,
       CASE WHEN i %% 100 <> 0 THEN 900001 END, CASE WHEN i %% 100 <> 0 THEN now() END
  FROM generate_series(1, %(claims)s / 20) i;
INSERT INTO claims_effect (development_id, claim_id, kind, note, status, decided_by_id, decided_at)
SELECT i, i * 20 - 5, 'confirms', '', CASE WHEN i %% 100 = 0 THEN 'proposed' ELSE 'accepted' END,
       CASE WHEN i %% 100 <> 0 THEN 900001 END, CASE WHEN i %% 100 <> 0 THEN now() END
  FROM generate_series(1, %(claims)s / 20) i;
INSERT INTO claims_forecast (claim_id, due_on, criteria, written_at, outcome)
SELECT id, daterange(due, due + 1), 'Deux écoles ouvertes.', now() - interval '700 days', ''
  FROM (SELECT id, current_date - 20 + (id %% 1500)::int AS due FROM claims_claim
         WHERE kind IN ('prediction', 'commitment') AND status = 'accepted' AND id %% 4 = 1) claim;
INSERT INTO claims_link (claim_id, earlier_id, kind, status, reason)
SELECT i * 20 + 1, i * 20 - 1, 'repeats', 'proposed', '' FROM generate_series(1, %(claims)s / 200) i;
