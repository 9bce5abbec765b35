"""What surrounds the panels: docks, menus, transport, layouts."""
