"""What would hold on paper too: how fields compare and what follows; imported by subject."""
