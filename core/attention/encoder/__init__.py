"""What a pretrained encoder of the BERT family attends to."""
