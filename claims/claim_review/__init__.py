"""Reviews of other fact-checkers, as schema.org/ClaimReview tells them: read, put beside ours."""
