-- Every gate closes by its name, and with its sentence (claims/gates.py).
CREATE OR REPLACE FUNCTION gate_closed(gate text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', gate_sentence(gate) USING ERRCODE = 'check_violation', CONSTRAINT = gate;
END $$;

-- Gates look at what others have committed, under a lock. A transaction that keeps to an older
-- snapshot would not see it.
CREATE OR REPLACE FUNCTION read_committed() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM gate_closed('record_is_changed_under_read_committed');
  END IF;
END $$;
