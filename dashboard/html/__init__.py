"""Tables and cards as HTML: pure functions, every text escaped, no Streamlit."""
