"""What writes the pages that are made from the code. One noun a file; each gives the text of its pages and writes nothing itself."""
