"""What would hold on paper too, one file per subject; imported by subject (`from spoiwo.clients.rules import situation`)."""
