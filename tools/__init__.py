"""Tools of the repository; never shipped."""
