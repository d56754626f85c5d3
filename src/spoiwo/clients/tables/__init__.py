"""What the pages of a client show, in words, one file per part of the page."""
