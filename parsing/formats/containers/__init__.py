"""Files that hold files: archives, the container of Office 97, and what opens with a password."""
