"""The version of the rules and lexicons: a change in what they find changes it."""

VERSION = "0.1.0"
