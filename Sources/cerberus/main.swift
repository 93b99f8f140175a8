print("cerberus")
