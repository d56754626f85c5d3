"""What would hold on paper too: states, deadlines, cadences, numbers."""
