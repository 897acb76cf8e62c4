# Made torch_numbers_convolution.txt once, in float64 with PyTorch 1.13 (from dense on 2.15): run it again only to add cases.
# pattern(shape, seed) is the same formula as in torch_numbers_convolution_test.cpp. Of every case: y, then the gradients of sum(y · pattern(y.shape, 9))
# in x (seed 1), weight (2) and bias (3).
import numpy as np
import torch
import torch.nn.functional as F


def pattern(shape, seed):
    n = int(np.prod(shape))
    numbers = [-1.0 + 2.0 * (((i * 7919 + seed * 104729) % 997) / 997.0) for i in range(n)]
    return torch.tensor(numbers, dtype=torch.float64).reshape(shape).requires_grad_()


def say(name, f, *shapes):
    inputs = [pattern(shape, seed + 1) for seed, shape in enumerate(shapes)]
    y = f(*inputs)
    (y * pattern(tuple(y.shape), 9)).sum().backward()
    for number, t in enumerate([y] + [v.grad for v in inputs]):
        print(f"{name}.{number}:", " ".join("%.9g" % float(v) for v in t.detach().reshape(-1)))


say("conv1d", lambda x, w, b: F.conv1d(x, w, b, stride=2, padding=2, dilation=2, groups=2), (2, 4, 9), (6, 2, 3), (6,))
say("conv1d_causal", lambda x, w, b: F.conv1d(F.pad(x, (4, 0)), w, b, dilation=2), (1, 3, 7), (2, 3, 3), (2,))
say("conv2d", lambda x, w, b: F.conv2d(x, w, b, stride=(2, 1), padding=(1, 2), dilation=(1, 2), groups=2), (2, 4, 5, 6), (6, 2, 3, 2), (6,))
say("depthwise_conv2d", lambda x, w, b: F.conv2d(x, w, b, stride=(1, 2), padding=1, groups=3), (2, 3, 4, 5), (6, 1, 3, 3), (6,))
say("conv_transpose1d", lambda x, w, b: F.conv_transpose1d(x, w, b, stride=3, padding=1, output_padding=2, dilation=2, groups=2), (2, 4, 5), (4, 3, 3), (6,))
say("conv_transpose2d", lambda x, w, b: F.conv_transpose2d(x, w, b, stride=2, padding=1, output_padding=1), (2, 3, 3, 4), (3, 2, 3, 3), (2,))
say("conv_transpose2d_grouped", lambda x, w, b: F.conv_transpose2d(x, w, b, stride=(3, 2), padding=(0, 1), output_padding=(2, 0), dilation=(1, 2), groups=2),
    (1, 4, 2, 3), (4, 2, 2, 3), (4,))
say("max_pool1d", lambda x: F.max_pool1d(x, 3, stride=2, padding=1), (2, 3, 8))
say("average_pool1d", lambda x: F.avg_pool1d(x, 3, stride=2, padding=1, count_include_pad=True), (2, 3, 8))
say("average_pool1d_real", lambda x: F.avg_pool1d(x, 3, stride=2, padding=1, count_include_pad=False), (2, 3, 8))
say("max_pool2d", lambda x: F.max_pool2d(x, (3, 2), stride=(2, 1), padding=(1, 1)), (1, 2, 6, 5))
say("average_pool2d", lambda x: F.avg_pool2d(x, (3, 2), stride=(2, 1), padding=(1, 1), count_include_pad=False), (1, 2, 6, 5))
say("global_average_pool", lambda x: x.mean(dim=(2, 3)), (2, 3, 4, 5))
say("global_max_pool", lambda x: x.amax(dim=2), (2, 3, 7))
say("upsample_nearest", lambda x: F.interpolate(x, scale_factor=(2, 3), mode="nearest"), (1, 2, 3, 4))
say("upsample_bilinear", lambda x: F.interpolate(x, scale_factor=(2, 3), mode="bilinear", align_corners=False), (1, 2, 3, 4))
say("resize_nearest", lambda x: F.interpolate(x, size=(5, 3), mode="nearest"), (1, 2, 3, 7))
for mode in ("bilinear", "bicubic"):
    for antialias in (False, True):
        say(f"resize_{mode}{'_antialias' if antialias else ''}",
            lambda x: F.interpolate(x, size=(3, 9), mode=mode, antialias=antialias, align_corners=False), (1, 2, 7, 5))
say("zero_pad", lambda x: F.pad(x, (1, 2, 0, 3)), (1, 2, 3, 4))
say("max_pool1d_partial", lambda x: F.max_pool1d(x, 3, stride=3, ceil_mode=True), (2, 3, 8))
say("max_pool2d_partial", lambda x: F.max_pool2d(x, 3, stride=2, padding=1, ceil_mode=True), (1, 2, 6, 7))
say("average_pool2d_partial", lambda x: F.avg_pool2d(x, (3, 2), stride=(2, 3), ceil_mode=True, count_include_pad=False), (1, 2, 6, 6))
say("separable_conv2d", lambda x, d, p, b: F.conv2d(F.conv2d(x, d, stride=(1, 2), padding=1, groups=3), p, b), (2, 3, 4, 5), (3, 1, 3, 3), (4, 3, 1, 1), (4,))
say("pixel_shuffle", lambda x: F.pixel_shuffle(x, 2), (1, 8, 2, 3))
say("pixel_unshuffle", lambda x: F.pixel_unshuffle(x, 2), (1, 2, 4, 6))
say("dense", lambda x, w, b: x @ w + b, (3, 7), (7, 5), (5,))
say("flatten", lambda x: x.flatten(1), (2, 3, 2, 4))
say("reshape", lambda x: x.reshape(2, 3, 10), (2, 3, 5, 2))
say("permute", lambda x: x.permute(0, 2, 3, 1), (2, 3, 2, 4))
say("slice", lambda x: x[:, :, 1:-1], (2, 3, 5))
say("crop", lambda x: x[:, :, 1:-2, 0:-1], (1, 2, 5, 4))
say("batch_norm", lambda x, w, b: F.batch_norm(x, None, None, w, b, training=True, eps=1e-3), (3, 4, 2, 5), (4,), (4,))
say("add", lambda x, y: x + y, (2, 3, 2, 4), (2, 3, 1, 1))
say("concat", lambda x, y: torch.cat([x, y], 1), (2, 3, 2), (2, 2, 2))
