"""What a person is shown of documents before they are approved."""
