"""The annual partnership review as a document."""
