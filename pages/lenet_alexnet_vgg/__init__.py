"""The page "LeNet, AlexNet, VGG"."""
