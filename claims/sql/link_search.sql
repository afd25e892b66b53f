-- Which claims are to be compared with others (claims/linking): those that are new, that say
-- something else now, or of whom or of whose links something was decided. Whoever changes them and
-- however: so nothing that writes claims has to remember.
CREATE OR REPLACE FUNCTION queue_suggest_links() RETURNS void LANGUAGE sql AS $$
  INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock)
    VALUES ('default', 'suggest_links', 0, 'suggest_links')
$$;

CREATE OR REPLACE FUNCTION note_link_searches(claims bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE waiting boolean;
BEGIN
  IF coalesce(cardinality(claims), 0) = 0 THEN RETURN; END IF;
  waiting := EXISTS (SELECT FROM claims_linksearch WHERE pending);
  INSERT INTO claims_linksearch AS search (claim_id, pending, noted_at)
    SELECT id, true, clock_timestamp()
      FROM (SELECT DISTINCT unnest(claims) AS id) AS noted JOIN claims_claim USING (id)
     ORDER BY id
    ON CONFLICT (claim_id) DO UPDATE SET pending = true, noted_at = excluded.noted_at;
  -- Where some wait already, a job for them is there. One by the clock sees to what slips between.
  IF NOT waiting THEN PERFORM queue_suggest_links(); END IF;
END $$;

CREATE OR REPLACE FUNCTION note_new_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM note_link_searches((SELECT array_agg(id) FROM changed));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION note_changed_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM note_link_searches((
    SELECT array_agg(changed.id) FROM changed JOIN before USING (id)
     WHERE (changed.quote, changed.wording, changed.status)
           <> (before.quote, before.wording, before.status)
        OR changed.speaker_id IS DISTINCT FROM before.speaker_id
        OR changed.said_on IS DISTINCT FROM before.said_on));
  RETURN NULL;
END $$;

-- What a person says of two claims bears on what else is proposed of them.
CREATE OR REPLACE FUNCTION note_new_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM note_link_searches((
    SELECT array_agg(claim) FROM changed, unnest(ARRAY[claim_id, earlier_id]) AS claim
     WHERE score IS NULL));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION note_changed_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM note_link_searches((
    SELECT array_agg(claim)
      FROM changed JOIN before USING (id),
           unnest(ARRAY[changed.claim_id, changed.earlier_id, before.claim_id, before.earlier_id])
             AS claim
     WHERE changed.status <> before.status
        OR (changed.claim_id + changed.earlier_id) <> (before.claim_id + before.earlier_id)));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION note_gone_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM note_link_searches((
    SELECT array_agg(claim) FROM before, unnest(ARRAY[claim_id, earlier_id]) AS claim
     WHERE status <> 'proposed'));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION note_merged_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM note_link_searches((
    SELECT array_agg(claim) FROM changed, unnest(ARRAY[merged_id, kept_id]) AS claim));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER link_search_insert AFTER INSERT ON claims_claim
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_new_claims();
CREATE OR REPLACE TRIGGER link_search_update AFTER UPDATE ON claims_claim
  REFERENCING NEW TABLE AS changed OLD TABLE AS before
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_claims();
CREATE OR REPLACE TRIGGER link_search_insert AFTER INSERT ON claims_link
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_new_links();
CREATE OR REPLACE TRIGGER link_search_update AFTER UPDATE ON claims_link
  REFERENCING NEW TABLE AS changed OLD TABLE AS before
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_links();
CREATE OR REPLACE TRIGGER link_search_delete AFTER DELETE ON claims_link
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION note_gone_links();
CREATE OR REPLACE TRIGGER link_search_insert AFTER INSERT ON claims_claimmerge
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_merged_claims();
CREATE OR REPLACE TRIGGER link_search_update AFTER UPDATE ON claims_claimmerge
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_merged_claims();
