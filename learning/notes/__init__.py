"""Personal notes on any unit: nobody else reads them."""
