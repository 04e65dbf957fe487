"""How strong the examples of a requirement are: which small changes of the code they tell apart."""
