"""Joint plans of support: agreed by institutions and the person, carried out and reviewed together."""
