"""What would hold on paper too: questionnaires, conditions, answers, editions."""
