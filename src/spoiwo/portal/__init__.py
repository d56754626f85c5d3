"""Home page, search, public pages; puts contexts together by address."""
