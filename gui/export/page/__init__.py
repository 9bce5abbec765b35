"""A page: what stands where on it in millimetres, and the calls that draw it."""
