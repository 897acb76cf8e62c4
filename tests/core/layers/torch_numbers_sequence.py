#!/usr/bin/env python3
"""Writes torch_numbers_sequence.txt: what PyTorch gives for the cases of torch_numbers_sequence_test.cpp, in float64.

Lines: case, tensor, numbers. Tensors: "output", and the gradients of all inputs and parameters of the loss sum(output * wave("weights")), named and
laid out as Lamina's layers have them. Inputs and parameters are wave(name).   Run: python3 torch_numbers_sequence.py > torch_numbers_sequence.txt
"""
import math
import torch
from torch import nn

torch.set_default_dtype(torch.float64)


def wave(name, shape):
    seed = sum(ord(c) for c in name) % 97
    count = math.prod(shape)
    return torch.tensor([0.8 * math.sin(seed + i + 0.61 * i * i) for i in range(count)]).reshape(shape)


class Case:
    def __init__(self, name):
        self.name, self.tensors = name, {}

    def tensor(self, name, *shape):
        self.tensors[name] = wave(name, shape).requires_grad_()
        return self.tensors[name]

    def finish(self, output):
        (output * wave("weights", output.shape)).sum().backward()
        self.write("output", output)
        for name, tensor in self.tensors.items():
            self.write(name, tensor.grad)

    def write(self, name, tensor):
        print(self.name, name, *("%.9g" % x for x in tensor.detach().reshape(-1).tolist()))


# Blocks of rows: Lamina has ONNX's order, PyTorch i f g o and r z n.
ORDER = {"lstm": [0, 2, 3, 1], "gru": [1, 0, 2], "rnn": [0]}


def reorder(tensor, kind):
    blocks = tensor.chunk(len(ORDER[kind]))
    return torch.cat([blocks[i] for i in ORDER[kind]])


def recurrent(name, kind, shape, units, both=False, sequences=False, lengths=None, forget=0.0, relu=False, backward=False):
    case = Case(name)
    x = case.tensor("input_1", *shape)
    gates = len(ORDER[kind])
    module = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}[kind]
    extra = {"nonlinearity": "relu" if relu else "tanh"} if kind == "rnn" else {}
    net = module(shape[2], units, batch_first=True, bidirectional=both, **extra)
    values = {}
    for prefix, suffix in [("backward_" if backward else "", "")] + ([("backward_", "_reverse")] if both else []):
        w = case.tensor("layer/" + prefix + "weight", gates * units, shape[2])
        r = case.tensor("layer/" + prefix + "recurrent", gates * units, units)
        b = case.tensor("layer/" + prefix + "bias", gates * units)
        rb = case.tensor("layer/" + prefix + "recurrent_bias", gates * units) if kind == "gru" else torch.zeros(gates * units)
        if kind == "lstm":
            rb = torch.cat([torch.zeros(2 * units), torch.full((units,), forget), torch.zeros(units)])
        for key, value in (("weight_ih_l0", w), ("weight_hh_l0", r), ("bias_ih_l0", b), ("bias_hh_l0", rb)):
            values[key + suffix] = reorder(value, kind)
    given = torch.flip(x, [1]) if backward else x
    if lengths is None:
        y, last = torch.func.functional_call(net, values, (given,))
    else:
        packed = nn.utils.rnn.pack_padded_sequence(given, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
        y, last = torch.func.functional_call(net, values, (packed,))
        y, _ = nn.utils.rnn.pad_packed_sequence(y, batch_first=True, total_length=shape[1])
    last = last[0] if kind == "lstm" else last
    if backward:
        y = torch.flip(y, [1])
    case.finish(y if sequences else torch.cat(list(last), dim=-1))


def normalisations():
    case = Case("layer_norm")
    x, gamma, beta = case.tensor("input_1", 3, 4, 5), case.tensor("layer/gamma", 5), case.tensor("layer/beta", 5)
    case.finish(nn.functional.layer_norm(x, (5,), gamma, beta, 1e-5))
    case = Case("layer_norm_axes")
    x, gamma, beta = case.tensor("input_1", 2, 3, 2, 3), case.tensor("layer/gamma", 2, 3), case.tensor("layer/beta", 2, 3)
    case.finish(nn.functional.layer_norm(x, (2, 3), gamma, beta, 1e-3))
    case = Case("rms_norm")
    x, gamma = case.tensor("input_1", 3, 4, 5), case.tensor("layer/gamma", 5)
    case.finish(nn.functional.rms_norm(x, (5,), gamma, 1e-6))
    case = Case("group_norm")
    x, gamma, beta = case.tensor("input_1", 2, 6, 2, 3), case.tensor("layer/gamma", 6), case.tensor("layer/beta", 6)
    case.finish(nn.functional.group_norm(x, 3, gamma, beta, 1e-5))
    case = Case("instance_norm")
    x, gamma, beta = case.tensor("input_1", 2, 3, 3, 2), case.tensor("layer/gamma", 3), case.tensor("layer/beta", 3)
    case.finish(nn.functional.instance_norm(x, weight=gamma, bias=beta, eps=1e-5))


def attention(name, query, source=None, heads=2, causal=False, lengths=None):
    case = Case(name)
    x = case.tensor("input_1", *query)
    other = case.tensor("input_2", *source) if source else x
    width, sources = query[2], (source or query)[1]
    net = nn.MultiheadAttention(width, heads, batch_first=True, kdim=other.shape[2], vdim=other.shape[2])
    bias = lambda part: torch.zeros(width) if part == "key" else case.tensor("layer/%s_bias" % part, width)
    linear = lambda part, features: (case.tensor("layer/%s_weight" % part, features, width), bias(part))
    parts = [linear("query", width), linear("key", other.shape[2]), linear("value", other.shape[2])]
    out = linear("output", width)
    values = {"in_proj_bias": torch.cat([b for _, b in parts]), "out_proj.weight": out[0].T, "out_proj.bias": out[1]}
    if net.in_proj_weight is None:
        for key, (w, _) in zip(("q", "k", "v"), parts):
            values[key + "_proj_weight"] = w.T
    else:
        values["in_proj_weight"] = torch.cat([w.T for w, _ in parts])
    mask = torch.triu(torch.ones(query[1], sources, dtype=torch.bool), 1) if causal else None
    padding = torch.tensor([[s >= n for s in range(sources)] for n in lengths]) if lengths else None
    y, _ = torch.func.functional_call(net, values, (x, other, other), {"attn_mask": mask, "key_padding_mask": padding, "need_weights": False})
    case.finish(y)


def embedding():
    case = Case("embedding")
    table = case.tensor("layer/table", 5, 3)
    case.finish(nn.functional.embedding(torch.tensor([[0, 4, 4], [2, 0, 1]]), table))


recurrent("rnn_tanh", "rnn", (2, 4, 3), 3, sequences=True)
recurrent("rnn_relu_both", "rnn", (2, 4, 2), 4, both=True, relu=True)
recurrent("lstm", "lstm", (2, 4, 3), 3, sequences=True, forget=1.0)
recurrent("lstm_backward", "lstm", (2, 3, 2), 2, backward=True)
recurrent("lstm_both", "lstm", (2, 3, 2), 2, both=True, forget=1.0)
recurrent("lstm_both_packed", "lstm", (3, 4, 2), 2, both=True, sequences=True, lengths=[4, 1, 3])
recurrent("lstm_packed_last", "lstm", (3, 4, 2), 2, both=True, lengths=[2, 4, 1])
recurrent("gru", "gru", (2, 4, 3), 3, sequences=True)
recurrent("gru_both_packed", "gru", (3, 4, 2), 2, both=True, lengths=[4, 1, 3])
normalisations()
attention("attention", (2, 3, 4))
attention("attention_causal", (2, 3, 4), heads=4, causal=True)
attention("attention_cross", (2, 2, 4), source=(2, 4, 3), lengths=[4, 2])
embedding()
