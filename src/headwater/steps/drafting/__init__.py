"""What all steps that draft documents share: typed answers, quoted data, budgets."""
