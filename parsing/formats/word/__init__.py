"""Word documents: .docx, .doc and .wps, and by way of LibreOffice .rtf and older ones."""
