"""Places and services that people can be referred to, and what is missing."""
