"""Projects that pay for support: participants, recruitment, support with internships, results, double financing."""
