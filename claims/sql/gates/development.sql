-- A claim does not bear on itself, from whichever side it is tried; what the outcome of a forecast
-- rests on stays accepted.
CREATE OR REPLACE FUNCTION effect_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM claims_development
    WHERE id = NEW.development_id AND claim_id = NEW.claim_id FOR KEY SHARE;
  IF FOUND THEN PERFORM gate_closed('effect_on_another_claim'); END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER effect_gate BEFORE INSERT OR UPDATE
  ON claims_effect FOR EACH ROW EXECUTE FUNCTION effect_gate();

CREATE OR REPLACE FUNCTION development_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM claims_effect WHERE development_id = NEW.id AND claim_id = NEW.claim_id;
  IF FOUND THEN PERFORM gate_closed('effect_on_another_claim'); END IF;
  IF OLD.status = 'accepted' AND NEW.status <> 'accepted' THEN
    PERFORM 1 FROM claims_forecast WHERE development_id = NEW.id;
    IF FOUND THEN PERFORM gate_closed('forecast_rests_on_an_accepted_development'); END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER development_gate BEFORE UPDATE
  ON claims_development FOR EACH ROW EXECUTE FUNCTION development_gate();

-- One that was let in is refused rather than deleted: its address answers for ever.
CREATE OR REPLACE FUNCTION development_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'accepted'
    OR EXISTS (SELECT FROM claims_developmentevent WHERE id = OLD.id AND status = 'accepted')
  THEN
    PERFORM gate_closed('development_is_kept');
  END IF;
  RETURN OLD;
END $$;
CREATE OR REPLACE TRIGGER development_is_kept BEFORE DELETE
  ON claims_development FOR EACH ROW EXECUTE FUNCTION development_is_kept();
