"""What would hold on paper too."""
