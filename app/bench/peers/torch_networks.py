"""The networks of app/bench/networks.cpp in PyTorch: for every name the model, the shape of its input and its loss."""
import torch
from torch import nn
from torch.nn import functional


def mlp():
    return nn.Sequential(nn.Linear(784, 1024), nn.ReLU(), nn.Linear(1024, 512), nn.ReLU(), nn.Linear(512, 10))


def small():
    return nn.Sequential(nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 1))


def lenet():
    return nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, 10))


class ResidualBlock(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        self.shortcut = nn.Identity()
        if stride != 1:
            self.shortcut = nn.Sequential(nn.Conv2d(channels, filters, 1, stride, bias=False), nn.BatchNorm2d(filters))

    def forward(self, x):
        y = functional.relu(self.norm1(self.conv1(x)), inplace=True)
        return functional.relu(self.norm2(self.conv2(y)) + self.shortcut(x), inplace=True)


def resnet18():
    layers, channels = [nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True)], 64
    for filters in (64, 128, 256, 512):
        layers += [ResidualBlock(channels, filters, 1 if filters == 64 else 2), ResidualBlock(filters, filters, 1)]
        channels = filters
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


class LastOfLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(64, 256, batch_first=True)
        self.dense = nn.Linear(256, 10)

    def forward(self, x):
        return self.dense(self.lstm(x)[0][:, -1])


class MeanOfTransformer(nn.Module):
    def __init__(self):
        super().__init__()
        layer = nn.TransformerEncoderLayer(128, 4, 512, dropout=0.0, activation="gelu", batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.dense = nn.Linear(128, 10)

    def forward(self, x):
        return self.dense(self.encoder(x).mean(1))


MODELS = {"mlp": (mlp, (784,)), "small": (small, (784,)), "lenet": (lenet, (1, 28, 28)), "resnet18": (resnet18, (3, 32, 32)),
          "lstm": (LastOfLstm, (64, 64)), "transformer": (MeanOfTransformer, (64, 128))}


def loss(name, outputs, labels):
    if name == "small":
        return functional.binary_cross_entropy_with_logits(outputs, (labels % 2).float().unsqueeze(1))
    return functional.cross_entropy(outputs, labels)


def is_picture(name):
    return len(MODELS[name][1]) == 3


def batches(name, size, memory_format, count):
    images = [torch.rand((size, *MODELS[name][1])) for _ in range(count)]
    if is_picture(name):
        images = [x.contiguous(memory_format=memory_format) for x in images]
    return [(x, torch.randint(0, 10, (size,))) for x in images]
