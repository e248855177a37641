"""A Home Assistant to look at: the integration, set up against the simulator."""
