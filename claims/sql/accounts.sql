-- Whoever changes what an account may do, and however, it is noted: at the desk, by a command or in
-- raw SQL. Who it was is what the history knows (claims/acts.py): nobody, outside of the desk.

CREATE OR REPLACE FUNCTION note_account(account bigint, what text, detail text DEFAULT '') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO claims_accountact (account_id, name, what, detail, by_id)
  SELECT account,
         coalesce(
           (SELECT username FROM auth_user WHERE id = account),
           (SELECT name FROM claims_accountact WHERE account_id = account ORDER BY at DESC LIMIT 1),
           ''),
         what, left(detail, 200),
         (nullif(current_setting('pghistory.context_metadata', true), '')::jsonb ->> 'user')::int;
END $$;

CREATE OR REPLACE FUNCTION account_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := coalesce(to_jsonb(OLD), '{}');
  after jsonb := coalesce(to_jsonb(NEW), '{}');
  flag text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM note_account(OLD.id, 'removed');
    RETURN NULL;
  ELSIF TG_OP = 'INSERT' THEN
    PERFORM note_account(NEW.id, 'made');
  END IF;
  FOREACH flag IN ARRAY ARRAY['is_superuser', 'is_staff', 'is_active'] LOOP
    IF coalesce((before ->> flag)::boolean, false) IS DISTINCT FROM (after ->> flag)::boolean THEN
      PERFORM note_account(
        NEW.id, CASE WHEN (after ->> flag)::boolean THEN 'right_given' ELSE 'right_taken' END, flag);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION account_right_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  given jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
  named text;
BEGIN
  IF given ? 'group_id' THEN
    SELECT name INTO named FROM auth_group WHERE id = (given ->> 'group_id')::int;
  ELSE
    SELECT codename INTO named FROM auth_permission WHERE id = (given ->> 'permission_id')::int;
  END IF;
  PERFORM note_account(
    (given ->> 'user_id')::bigint,
    CASE TG_OP WHEN 'DELETE' THEN 'right_taken' ELSE 'right_given' END, coalesce(named, ''));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION account_act_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What was done with an account stays as it was noted.';
END $$;

CREATE OR REPLACE TRIGGER account_changed
  AFTER INSERT OR DELETE OR UPDATE OF is_superuser, is_staff, is_active ON auth_user
  FOR EACH ROW EXECUTE FUNCTION account_changed();
CREATE OR REPLACE TRIGGER account_right_changed
  AFTER INSERT OR DELETE ON auth_user_groups
  FOR EACH ROW EXECUTE FUNCTION account_right_changed();
CREATE OR REPLACE TRIGGER account_right_changed
  AFTER INSERT OR DELETE ON auth_user_user_permissions
  FOR EACH ROW EXECUTE FUNCTION account_right_changed();
CREATE OR REPLACE TRIGGER account_act_stays
  BEFORE UPDATE ON claims_accountact
  FOR EACH ROW EXECUTE FUNCTION account_act_stays();
