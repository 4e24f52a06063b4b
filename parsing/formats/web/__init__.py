"""Web pages: .html, and .mht that holds several."""
