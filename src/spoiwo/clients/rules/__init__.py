"""What would hold on paper too, a file per subject: `from spoiwo.clients.rules import situation`."""
