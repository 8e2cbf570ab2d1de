"""Real series, prices and weather among them: networks that forecast them, and an honest judge."""
