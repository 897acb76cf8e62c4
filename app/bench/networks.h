// The networks that are measured, as people build them: layers, settings, edges. peers/torch_networks.py has the same for the other side.
#pragma once

#include <string>
#include <vector>

#include "core/network/network.h"
#include "core/tensor/shape.h"

namespace lamina::bench {

struct MeasuredNetwork {
    std::string name;  ///< as peers/torch_networks.py calls it: "lenet"
    std::string what;  ///< for people: "LeNet-like network"
    Network network;
    std::string loss = "cross_entropy";
};

/// 784-1024-512-10.
MeasuredNetwork mlp();
/// 784-64-1, yes or no.
MeasuredNetwork smallMlp();
/// 28×28 → conv 32, pool, conv 64, pool, dense 128, dense 10.
MeasuredNetwork lenet();
/// He et al. 2016 for pictures of 32×32: 3×3 at the start and no pooling there; 10 classes.
MeasuredNetwork resnet18();
/// Iandola et al. 2016, version 1.1: 224×224, 1000 classes.
MeasuredNetwork squeezenet();

/// 64 steps of 64 numbers → LSTM of 256, its last step, dense 10.
MeasuredNetwork lstm();
/// 64 steps of 128 numbers → two encoder layers (Vaswani et al. 2017) with 4 heads, feed-forward 512 with GELU, normalisation after the sums; mean
/// over the steps, dense 10.
MeasuredNetwork transformer();

std::vector<MeasuredNetwork> allNetworks();

}  // namespace lamina::bench
