-- A record of %(claims)s claims, one in ten verified, one in ten a repeat, one in twenty moved by a development.
INSERT INTO auth_user (id, username, password, is_superuser, first_name, last_name, email, is_staff,
                       is_active, date_joined)
SELECT i, 'editor-' || i, '', false, '', '', '', true, true, now() FROM generate_series(1, 2) i;
INSERT INTO sources_document (id, public_id, kind, title, language, added_at, byline)
SELECT i, 'd' || i, 'article', 'Article', 'fr', now(), '' FROM generate_series(1, %(claims)s / 20) i;
INSERT INTO sources_snapshot (id, document_id, text, sha256, original, media_type, fetched_at, sketch)
SELECT i, i, 'x', md5(i::text) || md5(i::text), '', 'text/plain', now() - interval '2 days', '{}'
  FROM generate_series(1, %(claims)s / 20) i;
INSERT INTO sources_sentence (id, snapshot_id, position, start, "end", text)
SELECT i, 1 + i %% (%(claims)s / 20), i / (%(claims)s / 20), 0, 1, 'x' FROM generate_series(1, %(claims)s) i;
INSERT INTO claims_speaker (id, public_id, kind, name)
SELECT i, 's' || i, 'person', 'Nom ' || i FROM generate_series(1, 1000) i;
INSERT INTO claims_claim (id, public_id, sentence_id, content, parts, quote, wording, speaker_id,
                          quotation, kind, status, decided_by_id, decided_at, check_worthiness, rule,
                          found_at, rejected_because)
SELECT i, 'c' || i, i, ARRAY['[0,1)'::int4range], ARRAY[]::int4range[], 'x', '', 1 + i %% 1000,
       'indirect', 'fact', 'accepted', 1, now() - interval '1 day' - i * interval '1 s', 0.5, '', now(), ''
  FROM generate_series(1, %(claims)s) i;
INSERT INTO claims_scale (id, version, methodology, valid_from) VALUES (1, 1, 'x', now());
INSERT INTO claims_rating (id, scale_id, value, label_fr, label_en, definition_fr, definition_en,
                           position) VALUES (1, 1, 'true', 'Vrai', 'True', 'x', 'x', 1);
INSERT INTO claims_verification (id, public_id, rating_id, summary, explanation, status, author_id)
SELECT i, 'v' || i, 1, 'x', 'x', 'draft', 1 FROM generate_series(1, %(claims)s / 10) i;
INSERT INTO claims_verification_claims (verification_id, claim_id)
SELECT i, i * 10 FROM generate_series(1, %(claims)s / 10) i;
INSERT INTO claims_evidence (verification_id, document_id, address, archived_url, retrieved_at, stance,
                             "primary", passage, note, interest, protected)
SELECT i, 1 + (i * 10 + 1) %% (%(claims)s / 20), '', '', now() - interval '1 hour', 'supports', false, '',
       'x', '', false
  FROM generate_series(1, %(claims)s / 10) i;
INSERT INTO claims_link (claim_id, earlier_id, kind, status, decided_by_id, decided_at, reason)
SELECT i * 10 + 1, i * 10, 'repeats', 'accepted', 1, now(), ''
  FROM generate_series(1, %(claims)s / 10 - 1) i;
INSERT INTO claims_development (id, public_id, occurred_on, title, account, document_id, status,
                                decided_by_id, decided_at)
SELECT i, 'x' || i, '[2026-01-01,2026-01-02)', 'x', 'x', 1, 'accepted', 1, now()
  FROM generate_series(1, %(claims)s / 20) i;
INSERT INTO claims_effect (development_id, claim_id, kind, note, status, decided_by_id, decided_at)
SELECT i, i * 20 - 5, 'confirms', '', 'accepted', 1, now() FROM generate_series(1, %(claims)s / 20) i;
UPDATE claims_verification SET status = 'in_review';
