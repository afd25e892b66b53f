-- Criteria are written before the due date and before what settles them, and are fixed once either has
-- come; until then a change counts as written anew. When they were written, and when the outcome was
-- recorded, is for nobody to say but the clock.
CREATE OR REPLACE FUNCTION forecast_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE kind text; event record;
BEGIN
  IF TG_OP <> 'INSERT' AND (OLD.outcome <> '' OR upper(OLD.due_on) <= local_date(clock_timestamp()))
    AND (
      TG_OP = 'DELETE'
      OR (OLD.claim_id, OLD.due_on, OLD.criteria) IS DISTINCT FROM
         (NEW.claim_id, NEW.due_on, NEW.criteria)
      OR (OLD.outcome <> '' AND NEW.outcome = ''))
  THEN
    PERFORM gate_closed('forecast_criteria_are_fixed');
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  SELECT claim.kind INTO kind FROM claims_claim claim WHERE id = NEW.claim_id FOR SHARE;
  IF kind NOT IN ('prediction', 'commitment') THEN
    PERFORM gate_closed('forecast_of_a_prediction_or_commitment');
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.due_on, OLD.criteria) IS NOT DISTINCT FROM (NEW.due_on, NEW.criteria)
  THEN
    NEW.written_at := OLD.written_at;
  ELSE
    NEW.written_at := record_clock();
    IF upper(NEW.due_on) <= local_date(NEW.written_at) THEN
      PERFORM gate_closed('forecast_written_before_it_is_due');
    END IF;
  END IF;
  IF NEW.outcome <> '' AND (TG_OP = 'INSERT' OR (OLD.outcome, OLD.resolved_on, OLD.development_id)
    IS DISTINCT FROM (NEW.outcome, NEW.resolved_on, NEW.development_id))
  THEN
    NEW.recorded_at := record_clock();
    IF NEW.outcome NOT IN ('overtaken', 'unresolvable')
      AND (NEW.outcome IN ('happened', 'partly', 'did_not_happen')) <> (kind = 'prediction')
    THEN
      PERFORM gate_closed('forecast_outcome_fits_the_claim');
    END IF;
    SELECT status, occurred_on INTO event FROM claims_development
      WHERE id = NEW.development_id FOR SHARE;
    IF event.status <> 'accepted' THEN
      PERFORM gate_closed('forecast_rests_on_an_accepted_development');
    END IF;
    -- Of a month or a year, every day has to be after the writing.
    IF least(lower(NEW.resolved_on), lower(event.occurred_on)) < local_date(NEW.written_at) THEN
      PERFORM gate_closed('forecast_written_before_the_event');
    END IF;
    IF lower(NEW.resolved_on) > local_date(clock_timestamp()) THEN
      PERFORM gate_closed('forecast_resolved_by_now');
    END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    NEW.recorded_at := OLD.recorded_at;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER forecast_gate BEFORE INSERT OR UPDATE OR DELETE
  ON claims_forecast FOR EACH ROW EXECUTE FUNCTION forecast_gate();
