-- The scale by which something published was rated is final, its values too: make a new version.
CREATE OR REPLACE FUNCTION scale_is_unused(scale bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM claims_rating rating
    JOIN claims_verification verification ON verification.rating_id = rating.id
    WHERE rating.scale_id = scale AND verification.status = 'published';
  IF FOUND THEN PERFORM gate_closed('scale_in_use_is_final'); END IF;
END $$;

CREATE OR REPLACE FUNCTION scale_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM scale_is_unused(OLD.id);
  RETURN coalesce(NEW, OLD);
END $$;
CREATE OR REPLACE TRIGGER scale_gate BEFORE UPDATE OR DELETE
  ON claims_scale FOR EACH ROW EXECUTE FUNCTION scale_gate();

CREATE OR REPLACE FUNCTION rating_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM scale_is_unused(OLD.scale_id);
  PERFORM scale_is_unused(NEW.scale_id);
  RETURN coalesce(NEW, OLD);
END $$;
CREATE OR REPLACE TRIGGER rating_gate BEFORE INSERT OR UPDATE OR DELETE
  ON claims_rating FOR EACH ROW EXECUTE FUNCTION rating_gate();
