"""What the schema of the API says of every endpoint, beyond what serializers and filters declare:
parameters, envelopes, error answers, headers and examples (config/schema.py puts them in place)."""
