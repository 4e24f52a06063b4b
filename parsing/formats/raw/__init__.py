"""Bytes before any format reads them: of which kind they are, how much is read, unpacked and decoded."""
