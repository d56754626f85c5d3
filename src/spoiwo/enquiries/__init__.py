"""What institutions ask each other about a person: verification, enquiries, confirmations, messages."""
