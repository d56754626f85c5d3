"""What the screens show: questions with their values, results with their bars, funnels."""
