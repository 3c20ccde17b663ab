"""Plain text as every room reads it: sentences, words, repaired damage, all with exact offsets."""
