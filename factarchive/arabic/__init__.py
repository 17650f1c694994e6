"""The Arabic language: text in, spans and words out; knows no claims and no pages."""
