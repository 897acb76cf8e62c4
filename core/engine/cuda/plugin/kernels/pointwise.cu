// Point-wise functions: the formulas of core/engine/formulas, four numbers per thread.
#include "core/engine/cuda/plugin/kernels/kernels.h"
#include "core/engine/cuda/plugin/kernels/launch.cuh"
#include "core/engine/formulas/activations.h"
#include "core/tensor/random.h"

namespace lamina::cuda {

namespace {

struct Inputs {
    const float* at[3];
};

/// y[i] = f(a[i], …); y may be one of the inputs.
template <int count, class F>
__global__ void mapKernel(F f, Inputs inputs, float* y, std::uint32_t total) {
    const std::uint32_t first = threadNumber() * 4;
    if (first + 3 < total) {
        float4 in[count], out;
#pragma unroll
        for (int i = 0; i < count; ++i) in[i] = *reinterpret_cast<const float4*>(inputs.at[i] + first);
        if constexpr (count == 1) out = {f(in[0].x), f(in[0].y), f(in[0].z), f(in[0].w)};
        else if constexpr (count == 2) out = {f(in[0].x, in[1].x), f(in[0].y, in[1].y), f(in[0].z, in[1].z), f(in[0].w, in[1].w)};
        else out = {f(in[0].x, in[1].x, in[2].x), f(in[0].y, in[1].y, in[2].y), f(in[0].z, in[1].z, in[2].z), f(in[0].w, in[1].w, in[2].w)};
        *reinterpret_cast<float4*>(y + first) = out;
        return;
    }
    for (std::uint32_t i = first; i < total; ++i) {
        if constexpr (count == 1) y[i] = f(inputs.at[0][i]);
        else if constexpr (count == 2) y[i] = f(inputs.at[0][i], inputs.at[1][i]);
        else y[i] = f(inputs.at[0][i], inputs.at[1][i], inputs.at[2][i]);
    }
}

template <int count, class F>
void map(cudaStream_t stream, F f, Inputs inputs, float* y, int total) {
    if (total > 0)
        mapKernel<count><<<blocksFor(total, 4 * threadsPerBlock), threadsPerBlock, 0, stream>>>(f, inputs, y, static_cast<std::uint32_t>(total));
}

template <class Formula>
struct Forward {
    float alpha;
    __device__ float operator()(float x) const { return Formula::forward(x, alpha); }
};
template <class Formula>
struct Backward {
    float alpha;
    __device__ float operator()(float x, float y, float dy) const { return Formula::backward(x, y, dy, alpha); }
};

template <BinaryKind kind>
struct Pair {
    __device__ float operator()(float a, float b) const {
        if constexpr (kind == BinaryKind::Add) return a + b;
        else if constexpr (kind == BinaryKind::Subtract) return a - b;
        else if constexpr (kind == BinaryKind::Multiply) return a * b;
        else if constexpr (kind == BinaryKind::Divide) return a / b;
        else if constexpr (kind == BinaryKind::Maximum) return a > b || a != a ? a : b;
        else return a < b || a != a ? a : b;
    }
};
struct First {
    __device__ float operator()(float a, float) const { return a; }
};

/// The loop with its divisions made ready.
struct FastLoop {
    int axes;
    std::uint32_t count;
    FastDivide size[8];
    std::uint32_t strideA[8], strideB[8];
    explicit FastLoop(const BroadcastLoop& from) : axes(from.axes), count(from.count) {
        for (int i = 0; i < axes; ++i) {
            size[i] = FastDivide(from.size[i]);
            strideA[i] = from.strideA[i];
            strideB[i] = from.strideB[i];
        }
    }
};

template <class F>
__global__ void broadcastKernel(F f, const __grid_constant__ FastLoop loop, const float* a, const float* b, float* y) {
    const std::uint32_t i = threadNumber();
    if (i >= loop.count) return;
    std::uint32_t rest = i, atA = 0, atB = 0;
    for (int axis = 0; axis < loop.axes; ++axis) {
        const std::uint32_t next = loop.size[axis](rest), place = rest - next * loop.size[axis].divisor;
        atA += place * loop.strideA[axis];
        atB += place * loop.strideB[axis];
        rest = next;
    }
    y[i] = f(a[atA], b[atB]);
}

template <class F>
void pairs(cudaStream_t stream, F f, const BroadcastLoop& loop, const float* a, const float* b, float* y) {
    if (loop.count == 0) return;
    const bool plain = loop.axes == 0 || (loop.axes == 1 && loop.strideA[0] == 1 && loop.strideB[0] == 1);
    if (plain) map<2>(stream, f, {a, b}, y, static_cast<int>(loop.count));
    else broadcastKernel<<<blocksFor(loop.count), threadsPerBlock, 0, stream>>>(f, FastLoop(loop), a, b, y);
}

template <class Formula>
struct Finish {
    float alpha;
    __device__ float operator()(float x) const { return Formula::forward(x, alpha); }
};
struct Nothing {
    __device__ float operator()(float x) const { return x; }
};

template <class F>
__global__ void finishKernel(F activate, const float* bias, const float* mask, float* y, std::uint32_t total, std::uint32_t columns) {
    const std::uint32_t i = threadNumber();
    if (i >= total) return;
    float value = y[i];
    if (bias) value = value + bias[i % columns];
    value = activate(value);
    if (mask) value = formulas::Relu::backward(0.0f, mask[i], value, 0.0f);
    y[i] = value;
}

__global__ void dropoutKernel(const StepRecord* record, std::uint64_t randomStream, float rate, float scale, const float* x, float* y,
                              std::uint32_t total) {
    const std::uint32_t block = threadNumber(), first = block * 4;  // one Philox block has four numbers
    if (first >= total) return;
    const RandomStream stream(record->seed, randomStream, record->step);
    const PhiloxBlock words = philox(stream.key, stream.step, block);
#pragma unroll
    for (int i = 0; i < 4; ++i)
        if (first + i < total) y[first + i] = static_cast<float>(words[i] >> 8) * 0x1p-24f >= rate ? x[first + i] * scale : 0.0f;
}

__global__ void copyRowsKernel(const std::uint32_t* from, std::uint32_t fromStride, std::uint32_t* to, std::uint32_t toStride, std::uint32_t total,
                               std::uint32_t length) {
    const std::uint32_t i = threadNumber();
    if (i >= total) return;
    const std::uint32_t row = i / length, place = i - row * length;
    to[static_cast<std::size_t>(row) * toStride + place] = from[static_cast<std::size_t>(row) * fromStride + place];
}

}  // namespace

bool kernelsRunHere() {
    cudaFuncAttributes attributes{};
    const bool runs = cudaFuncGetAttributes(&attributes, copyRowsKernel) == cudaSuccess;
    cudaGetLastError();
    return runs;
}

void unary(cudaStream_t stream, UnaryKind kind, float alpha, const float* x, float* y, int count) {
    formulas::dispatchUnary(kind, [&]<class Formula>(Formula) { map<1>(stream, Forward<Formula>{alpha}, {x, nullptr, nullptr}, y, count); });
}

void unaryBackward(cudaStream_t stream, UnaryKind kind, float alpha, const float* x, const float* y, const float* dy, float* dx, int count) {
    formulas::dispatchUnary(kind, [&]<class Formula>(Formula) { map<3>(stream, Backward<Formula>{alpha}, {x, y, dy}, dx, count); });
}

void binary(cudaStream_t stream, BinaryKind kind, const BroadcastLoop& loop, const float* a, const float* b, float* y) {
    switch (kind) {
        case BinaryKind::Add: return pairs(stream, Pair<BinaryKind::Add>{}, loop, a, b, y);
        case BinaryKind::Subtract: return pairs(stream, Pair<BinaryKind::Subtract>{}, loop, a, b, y);
        case BinaryKind::Multiply: return pairs(stream, Pair<BinaryKind::Multiply>{}, loop, a, b, y);
        case BinaryKind::Divide: return pairs(stream, Pair<BinaryKind::Divide>{}, loop, a, b, y);
        case BinaryKind::Maximum: return pairs(stream, Pair<BinaryKind::Maximum>{}, loop, a, b, y);
        case BinaryKind::Minimum: return pairs(stream, Pair<BinaryKind::Minimum>{}, loop, a, b, y);
    }
}

void broadcast(cudaStream_t stream, const BroadcastLoop& loop, const float* x, float* y) { pairs(stream, First{}, loop, x, x, y); }

void finishProduct(cudaStream_t stream, const Epilogue& epilogue, const float* bias, const float* mask, float* y, int rows, int columns) {
    const auto total = static_cast<std::uint32_t>(rows) * static_cast<std::uint32_t>(columns);
    if (total == 0) return;
    const auto launch = [&](auto activate) {
        finishKernel<<<blocksFor(total), threadsPerBlock, 0, stream>>>(activate, bias, mask, y, total, static_cast<std::uint32_t>(columns));
    };
    if (!epilogue.active) launch(Nothing{});
    else formulas::dispatchUnary(epilogue.activation, [&]<class Formula>(Formula) { launch(Finish<Formula>{epilogue.alpha}); });
}

void dropout(cudaStream_t stream, const StepRecord* record, std::uint64_t randomStream, float rate, float scale, const float* x, float* y,
             int count) {
    if (count > 0)
        dropoutKernel<<<blocksFor(count, 4 * threadsPerBlock), threadsPerBlock, 0, stream>>>(record, randomStream, rate, scale, x, y,
                                                                                             static_cast<std::uint32_t>(count));
}

void copyRows(cudaStream_t stream, const std::uint32_t* from, std::uint32_t fromStride, std::uint32_t* to, std::uint32_t toStride, int rows,
              int length) {
    const std::int64_t total = static_cast<std::int64_t>(rows) * length;
    if (total > 0)
        copyRowsKernel<<<blocksFor(total), threadsPerBlock, 0, stream>>>(from, fromStride, to, toStride, static_cast<std::uint32_t>(total),
                                                                         static_cast<std::uint32_t>(length));
}

}  // namespace lamina::cuda
