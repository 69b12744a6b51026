"""Pages that look at the whole: asking, exploring, the map, time, principles by theme, what is left to curate."""
