"""What holds for cards on paper too."""
