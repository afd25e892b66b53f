-- A newsroom of %(claims)s claims: one document in twenty claims, one claim in ten verified, one in ten a repeat,
-- one in twenty moved by a development, one in twenty a forecast. Words are drawn from a vocabulary of some
-- thousands, the more common the lower their number. Triggers are off: nothing here is an act.
SET CONSTRAINTS ALL IMMEDIATE;
DO $$
DECLARE named regclass;
BEGIN
  FOR named IN
    SELECT oid FROM pg_class
     WHERE relkind = 'r' AND (relname LIKE 'sources\_%%' OR relname LIKE 'claims\_%%' OR relname LIKE 'procrastinate\_%%')
  LOOP
    EXECUTE format('ALTER TABLE %%s DISABLE TRIGGER USER', named);
  END LOOP;
END $$;
CREATE FUNCTION pg_temp.word(number numeric) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT left(translate(md5(floor(number)::text), '0123456789', 'ghijklmnop'), 8)
$$;
-- Of as many words, one that is the rarer the higher: the square of a number that is drawn evenly.
CREATE FUNCTION pg_temp.drawn(seed bigint, words integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT pg_temp.word(power(((seed * 7919) %% 10007) / 10007.0, 2) * words)
$$;
INSERT INTO auth_user (id, username, password, is_superuser, first_name, last_name, email, is_staff,
                       is_active, date_joined)
SELECT 1000000 + i, 'editor-' || i, '', false, '', '', '', true, true, now() FROM generate_series(1, 20) i;
INSERT INTO sources_publisher (id, public_id, name, kind, site)
SELECT i, 'p' || i, 'Journal ' || i, 'newspaper', '' FROM generate_series(1, 100) i;
INSERT INTO sources_document (id, public_id, kind, title, url, language, published_on, added_at, byline,
                              publisher_id)
SELECT i, 'd' || i, CASE WHEN i %% 10 = 0 THEN 'speech' ELSE 'article' END,
       'Titre ' || pg_temp.drawn(i, 3000) || ' ' || pg_temp.drawn(i + 31, 3000),
       'https://journal.example/' || i, 'fr', daterange(day, day + 1), now() - i * interval '1 minute', '',
       1 + i %% 100
  FROM generate_series(1, %(claims)s / 20) i, LATERAL (SELECT date '2026-11-01' - i %% 2000 AS day) said;
INSERT INTO sources_snapshot (id, document_id, text, sha256, original, media_type, fetched_at, sketch)
SELECT i, i, 'x', md5(i::text) || md5(i::text), '', 'text/plain', now() - i * interval '1 minute', '{}'
  FROM generate_series(1, %(claims)s / 20) i;
INSERT INTO sources_sentence (id, snapshot_id, position, start, "end", text)
SELECT i, 1 + i %% (%(claims)s / 20), i / (%(claims)s / 20), 0, 1, 'x' FROM generate_series(1, %(claims)s) i;
INSERT INTO claims_speaker (id, public_id, kind, name)
SELECT i, 's' || i, (ARRAY['person', 'person', 'person', 'organisation', 'document'])[1 + i %% 5],
       initcap(pg_temp.word(i %% 500) || ' ' || pg_temp.word(i))
  FROM generate_series(1, greatest(1000, %(claims)s / 20)) i;
INSERT INTO claims_alias (speaker_id, name)
SELECT i, initcap('M. ' || pg_temp.word(i)) FROM generate_series(1, greatest(1000, %(claims)s / 20)) i;
-- One in ten speakers says half of it all.
INSERT INTO claims_claim (id, public_id, sentence_id, content, parts, quote, wording, speaker_id, said_on,
                          quotation, kind, status, decided_by_id, decided_at, check_worthiness, rule, found_at,
                          rejected_because)
SELECT i, 'c' || i, i, ARRAY['[0,1)'::int4range], ARRAY[]::int4range[],
       'Le ministre annonce ' || pg_temp.drawn(i, 5000) || ' et ' || pg_temp.drawn(i + 17, 5000)
       || ' pour ' || pg_temp.drawn(i / 7 + 3, 5000) || ' avec ' || pg_temp.word(10000 + i %% 20000),
       '', 1 + (i::bigint * 7919) %% CASE WHEN i %% 2 = 0 THEN 1000 ELSE greatest(1000, %(claims)s / 20) END,
       daterange(day, day + 1),
       (ARRAY['direct', 'indirect', 'indirect', 'mixed'])[1 + i %% 4],
       (ARRAY['fact', 'fact', 'fact', 'opinion', 'prediction', 'commitment', 'demand'])[1 + i %% 7],
       CASE WHEN i %% 10 < 3 THEN 'accepted' WHEN i %% 10 = 9 THEN 'rejected' ELSE 'candidate' END,
       CASE WHEN i %% 10 < 3 OR i %% 10 = 9 THEN 1000001 END,
       CASE WHEN i %% 10 < 3 OR i %% 10 = 9 THEN now() - interval '1 day' - i * interval '1 s' END,
       (i::bigint * 7919 %% 1000) / 1000.0, '', now() - i * interval '3 s', ''
  FROM generate_series(1, %(claims)s) i, LATERAL (SELECT date '2026-11-01' - i %% 2000 AS day) said;
INSERT INTO claims_scale (id, version, methodology, valid_from)
SELECT 1000001, 101, 'x', now();
INSERT INTO claims_rating (id, scale_id, value, label_fr, label_en, definition_fr, definition_en, position)
SELECT 1000000 + i, 1000001, (ARRAY['true', 'imprecise', 'misleading', 'false', 'hoax'])[i],
       (ARRAY['Vrai', 'Imprécis', 'Trompeur', 'Faux', 'Canular'])[i], 'x', 'x', 'x', i
  FROM generate_series(1, 5) i;
-- The last rating is given to twelve claims only.
INSERT INTO claims_verification (id, public_id, rating_id, summary, explanation, status, author_id,
                                 approved_by_id, published_at)
SELECT i, 'v' || i, 1000000 + CASE WHEN i <= 12 THEN 5 ELSE 1 + i %% 4 END,
       'Constat ' || pg_temp.drawn(i, 3000), 'x', CASE WHEN i %% 20 = 0 THEN 'draft' ELSE 'published' END,
       1000001 + i %% 10, CASE WHEN i %% 20 > 0 THEN 1000020 END,
       CASE WHEN i %% 20 > 0 THEN now() - i * interval '1 minute' END
  FROM generate_series(1, %(claims)s / 10) i;
INSERT INTO claims_verification_claims (verification_id, claim_id)
SELECT i, i * 10 FROM generate_series(1, %(claims)s / 10) i;
INSERT INTO claims_link (claim_id, earlier_id, kind, status, decided_by_id, decided_at, reason)
SELECT i * 10 + 1, i * 10, 'repeats', 'accepted', 1000001, now(), ''
  FROM generate_series(1, %(claims)s / 10 - 1) i;
-- As many wait for an editor, found by comparing.
INSERT INTO claims_link (claim_id, earlier_id, kind, status, reason, score, ready)
SELECT i * 10 + 2, i * 10 + 1, (ARRAY['repeats', 'contradicts', 'updates'])[1 + i %% 3], 'proposed', '',
       0.7 + i %% 30 / 100.0, i %% 4 > 0
  FROM generate_series(1, %(claims)s / 10 - 1) i;
INSERT INTO claims_development (id, public_id, occurred_on, title, account, document_id, status, decided_by_id,
                                decided_at)
SELECT i, 'x' || i, daterange(day, day + 1), 'Fait ' || pg_temp.drawn(i, 3000), 'x', 1 + i %% (%(claims)s / 20),
       'accepted', 1000001, now()
  FROM generate_series(1, %(claims)s / 20) i, LATERAL (SELECT date '2026-11-01' - i %% 2000 AS day) happened;
INSERT INTO claims_effect (development_id, claim_id, kind, note, status, decided_by_id, decided_at)
SELECT i, i * 20 - 5, (ARRAY['confirms', 'contradicts', 'fulfils', 'context'])[1 + i %% 4], '', 'accepted', 1000001,
       now()
  FROM generate_series(1, %(claims)s / 20) i;
INSERT INTO claims_forecast (id, claim_id, due_on, criteria, outcome, resolved_on, recorded_at, written_at,
                             development_id)
SELECT i, i * 20 + 4, daterange(day, day + 1), 'Selon ' || pg_temp.drawn(i, 3000),
       CASE WHEN i %% 3 = 0 THEN 'kept' ELSE '' END, CASE WHEN i %% 3 = 0 THEN daterange(day, day + 1) END,
       CASE WHEN i %% 3 = 0 THEN now() END, now() - interval '1 day', CASE WHEN i %% 3 = 0 THEN i END
  FROM generate_series(1, %(claims)s / 20 - 1) i, LATERAL (SELECT date '2027-11-01' - i %% 2000 AS day) due;
INSERT INTO claims_correction (kind, note, before, after, made_by_id, made_at, claim_id)
SELECT (ARRAY['error', 'update'])[1 + i %% 2], 'Note ' || pg_temp.drawn(i, 3000), 'x', 'y', 1000001,
       now() - i * interval '1 minute', i * 10
  FROM generate_series(1, %(claims)s / 20) i;
INSERT INTO claims_message (public_id, kind, text, address, language, received_at, status, handled_by_id, handled_at)
SELECT 'm' || i, (ARRAY['claim', 'correction', 'reply', 'other'])[1 + i %% 4], 'Message ' || i, '', 'fr',
       now() - i * interval '1 minute', CASE WHEN i %% 20 = 0 THEN 'new' ELSE 'answered' END,
       CASE WHEN i %% 20 > 0 THEN 1000001 END, CASE WHEN i %% 20 > 0 THEN now() END
  FROM generate_series(1, %(claims)s / 10) i;
INSERT INTO claims_claimmerge (merged_id, kept_id, reason, made_by_id, made_at, act)
SELECT i * 10 + 9, i * 10, 'x', 1000001, now(), gen_random_uuid() FROM generate_series(1, %(claims)s / 50) i;
INSERT INTO claims_speakermerge (merged_id, kept_id, reason, made_by_id, made_at, act)
SELECT ends - i, ends - i - 1, 'x', 1000001, now(), gen_random_uuid()
  FROM generate_series(1, %(claims)s / 100) i, (SELECT greatest(1000, %(claims)s / 20) + 1 AS ends) speakers;
INSERT INTO sources_fetch (url, final_url, at, outcome, reason, etag, last_modified, media_type, charset, sha256)
SELECT 'https://journal' || i %% 500 || '.example/' || pg_temp.word(i), '', now() - i * interval '1 minute',
       (ARRAY['failed', 'refused'])[1 + i %% 2], 'x', '', '', '', '', ''
  FROM generate_series(1, %(claims)s / 10) i;
INSERT INTO sources_feed (id, url, title, active)
SELECT i, 'https://journal.example/feeds/' || i, 'Fil ' || i, true FROM generate_series(1, 50) i;
INSERT INTO sources_entry (feed_id, key, url, title, seen_at, text, outcome, reason)
SELECT 1 + i %% 50, 'k' || i, 'https://journal.example/entries/' || i, 'Titre ' || pg_temp.drawn(i, 3000),
       now() - i * interval '1 minute', '', CASE WHEN i %% 50 = 0 THEN 'failed' ELSE 'old' END, 'x'
  FROM generate_series(1, %(claims)s / 10) i;
INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)
SELECT 'default', 'take_in', '{"url": "https://journal.example/"}', CASE WHEN i %% 500 = 0 THEN 'failed' ELSE 'succeeded' END::procrastinate_job_status,
       1
  FROM generate_series(1, %(claims)s / 10) i;
INSERT INTO sources_word (text)
SELECT DISTINCT word
  FROM (SELECT quote FROM claims_claim UNION ALL SELECT name FROM claims_speaker UNION ALL SELECT title FROM sources_document)
       written(words), words_of(words) word;
DO $$
DECLARE named regclass;
BEGIN
  FOR named IN
    SELECT oid FROM pg_class
     WHERE relkind = 'r' AND (relname LIKE 'sources\_%%' OR relname LIKE 'claims\_%%' OR relname LIKE 'procrastinate\_%%')
  LOOP
    EXECUTE format('ALTER TABLE %%s ENABLE TRIGGER USER', named);
  END LOOP;
END $$;
