# Made bfloat16_numbers.txt once, with PyTorch 2.15: run it again only to add cases. Operands are rounded by PyTorch's bfloat16, products and sums are float64.
# pattern(shape, seed) is the same formula as in reference_numbers_test.cpp.
import numpy as np
import torch
import torch.nn.functional as F


def pattern(shape, seed):
    n = int(np.prod(shape))
    numbers = [-1.0 + 2.0 * (((i * 7919 + seed * 104729) % 997) / 997.0) for i in range(n)]
    return torch.tensor(numbers, dtype=torch.float32).reshape(shape)


def rounded(shape, seed):
    return pattern(shape, seed).to(torch.bfloat16).to(torch.float64)


def say(name, t):
    print(name + ":", " ".join(repr(float(v)) for v in t.detach().reshape(-1)))


bits = torch.tensor([(i * 0x9E3779B1) % 2**32 for i in range(1, 150)] + [0x3F808000, 0x3F818000, 0x7F7F7FFF, 0x7F7F8000, 0x00008001, 0x807FFFFF],
                    dtype=torch.int64).to(torch.int32)
floats = bits.view(torch.float32)
keep = ~torch.isnan(floats)
say("given", (bits[keep].to(torch.int64) & 0xFFFFFFFF))
say("rounded", floats[keep].to(torch.bfloat16).view(torch.int16).to(torch.int64) & 0xFFFF)

a, b, dy = rounded((5, 19), 1), rounded((19, 18), 2), rounded((5, 18), 3)
say("gemm", a @ b)
say("gemm_da", dy @ b.T)
say("gemm_db", a.T @ dy)
a, b, dy = rounded((2, 4, 17), 4), rounded((2, 17, 3), 5), rounded((2, 4, 3), 6)
say("mat_mul", a @ b)
say("mat_mul_da", dy @ b.transpose(1, 2))
say("mat_mul_db", a.transpose(1, 2) @ dy)
x, w = rounded((2, 3, 5, 4), 7).requires_grad_(), rounded((2, 3, 3, 3), 8).requires_grad_()
y = F.conv2d(x, w, stride=(2, 1), padding=1)
say("conv", y)
y.backward(rounded(tuple(y.shape), 9))
say("conv_dx", x.grad)
say("conv_dw", w.grad)
