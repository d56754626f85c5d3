"""The support register: advice, events, support paths, partnerships, and the figures counted from them."""
