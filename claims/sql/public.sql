-- What readers see has changed: when, for Last-Modified; and which rows, for the change log.
--
-- Noted at the end of the transaction, whoever changes a row and however. Transactions wait for one
-- another there, and each notes a later second than the one before: a page made before a change
-- bears an earlier time than any page made after it (docs/decisions/0029), and what is noted becomes
-- visible in the order of its ids (0033). claims/public_changes.py says which rows of which tables.

-- Whether readers see such a row, or were told of it before: what ends with it in one transaction
-- is looked at when all of it has ended.
CREATE OR REPLACE FUNCTION is_shown(kind text, number bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE kind
    WHEN 'claim' THEN EXISTS (
      SELECT FROM claims_claim WHERE id = number AND status = 'accepted')
    WHEN 'verification' THEN EXISTS (
      SELECT FROM claims_verification WHERE id = number AND status = 'published')
    WHEN 'speaker' THEN EXISTS (
      SELECT FROM claims_claim WHERE speaker_id = number AND status = 'accepted')
      OR EXISTS (SELECT FROM claims_position WHERE organisation_id = number)
    WHEN 'document' THEN EXISTS (
      SELECT FROM sources_snapshot snapshot
        JOIN sources_sentence sentence ON sentence.snapshot_id = snapshot.id
        JOIN claims_claim claim ON claim.sentence_id = sentence.id AND claim.status = 'accepted'
       WHERE snapshot.document_id = number)
      OR EXISTS (
      SELECT FROM sources_snapshot snapshot
        JOIN sources_sentence sentence ON sentence.snapshot_id = snapshot.id
        JOIN claims_appearance appearance ON appearance.sentence_id = sentence.id
       WHERE snapshot.document_id = number)
      OR EXISTS (SELECT FROM claims_evidence WHERE document_id = number)
      OR EXISTS (SELECT FROM claims_development WHERE document_id = number)
      OR EXISTS (SELECT FROM claims_speaker WHERE within_id = number)
    ELSE true
  END
  OR EXISTS (
    SELECT FROM claims_publicchange noted
     WHERE noted.kind = is_shown.kind AND noted."row" = is_shown.number)
  OR EXISTS (
    SELECT FROM claims_change told
     WHERE told.resource = is_shown.kind || 's' AND told."row" = is_shown.number)
$$;

-- One job does it: the one that waits, were it to try again later, or a new one.
CREATE OR REPLACE FUNCTION queue_once(task text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE task_name = task AND status = 'todo';
  IF NOT FOUND THEN
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock)
      VALUES ('default', task, 10, task);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION note_public_change(kinds text[], numbers bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE first boolean := coalesce(current_setting('constat.noted', true), '') = '';
BEGIN
  IF first THEN
    INSERT INTO claims_lastchange AS last (id, at, tell_cdn)
      VALUES (1, date_trunc('second', clock_timestamp()), false)
      ON CONFLICT (id) DO UPDATE SET at = greatest(excluded.at, last.at + interval '1 second');
    PERFORM set_config('constat.noted', 'yes', true);
  END IF;
  INSERT INTO claims_publicchange (kind, row)
    SELECT DISTINCT kind, number FROM unnest(kinds, numbers) AS changed(kind, number);
  IF first AND cardinality(kinds) > 0 THEN PERFORM queue_once('settle'); END IF;
END $$;

-- Arguments: whether to look if readers see it, and then what the row says of whom, as kind=column.
-- Where it is to be looked, the first decides.
CREATE OR REPLACE FUNCTION public_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said text;
  kind text;
  number bigint;
  before bigint;
  kinds text[] := '{}';
  numbers bigint[] := '{}';
BEGIN
  FOREACH said IN ARRAY TG_ARGV[1:] LOOP
    kind := split_part(said, '=', 1);
    number := NULL; before := NULL;
    IF TG_OP <> 'INSERT' THEN
      EXECUTE format('SELECT ($1).%I', split_part(said, '=', 2)) INTO before USING OLD;
    END IF;
    IF TG_OP <> 'DELETE' THEN
      EXECUTE format('SELECT ($1).%I', split_part(said, '=', 2)) INTO number USING NEW;
    END IF;
    IF kinds = '{}' AND TG_ARGV[0] = 'if shown'
       AND NOT coalesce(is_shown(kind, number), false) AND NOT coalesce(is_shown(kind, before), false) THEN
      RETURN NULL;
    END IF;
    IF number IS NOT NULL THEN kinds := kinds || kind; numbers := numbers || number; END IF;
    IF before IS DISTINCT FROM number AND before IS NOT NULL THEN
      kinds := kinds || kind; numbers := numbers || before;
    END IF;
  END LOOP;
  PERFORM note_public_change(kinds, numbers);
  RETURN NULL;
END $$;
