"""The version of the rules, lexicons and weights: a change in what they find changes it."""

VERSION = "0.6.0"
