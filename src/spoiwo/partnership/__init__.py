"""The partnership as a working organisation: agreement, bodies, meetings, conclusions, communiqués, reports."""
