"""LeNet-5, AlexNet and VGG: as published, what each layer costs, and small ones on one drawing."""
