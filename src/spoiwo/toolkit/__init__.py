"""Django building blocks shared by all contexts."""
