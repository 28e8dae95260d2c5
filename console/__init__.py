"""The staff's pages (NiceGUI), under `/console`."""
