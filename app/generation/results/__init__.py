"""What a generation made: copied once (`fetching`), looked into (`probing`), described (`stored`), handed out by a
signed link (`links`, `downloads`) or as a document (`originals`), and deleted when it is old (`pruning`)."""
