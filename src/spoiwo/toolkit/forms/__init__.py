"""Forms that wear the design system: a renderer, fields and widgets shared by all contexts."""
