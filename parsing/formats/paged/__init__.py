"""Files of fixed pages: what PDF, OFD and pictures share, from ruling lines and glyphs to tables."""
