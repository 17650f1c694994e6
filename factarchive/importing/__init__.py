"""Other people's archives → content: ClaimReview feeds, pages and tables into reviews kept as their publishers'."""
