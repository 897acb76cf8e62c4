// What runs on the GPU, as plain functions: each launches on the stream and comes back at once. All memory is the GPU's, plain row-major float32.
// No sum depends on the order in which blocks run: the same input gives the same bits on the same card.
#pragma once

#include <cuda_runtime.h>

#include <cstdint>

#include "core/engine/formulas/optimizers.h"
#include "core/engine/graph.h"

namespace lamina::cuda {

using UpdateNumbers = formulas::UpdateNumbers<float>;

/// What changes from step to step, uploaded before each; the optimizers' numbers follow it in memory.
struct StepRecord {
    std::uint64_t seed, step;
};

/// False where the plug-in has no machine code for this GPU.
bool kernelsRunHere();

// --- point-wise (pointwise.cu)
/// A loop over a result in which two inputs may repeat (NumPy's broadcasting), neighbouring axes joined; innermost axis first.
struct BroadcastLoop {
    int axes = 0;
    std::uint32_t count = 1;
    std::uint32_t size[8] = {};
    std::uint32_t strideA[8] = {}, strideB[8] = {};
};
void unary(cudaStream_t stream, UnaryKind kind, float alpha, const float* x, float* y, int count);
void unaryBackward(cudaStream_t stream, UnaryKind kind, float alpha, const float* x, const float* y, const float* dy, float* dx, int count);
void binary(cudaStream_t stream, BinaryKind kind, const BroadcastLoop& loop, const float* a, const float* b, float* y);
void broadcast(cudaStream_t stream, const BroadcastLoop& loop, const float* x, float* y);
/// What follows a matrix product: y = activation(y + bias[column]), then 0 where mask is not > 0. bias and mask may be nullptr.
struct Epilogue {
    bool active = false;
    UnaryKind activation = UnaryKind::Relu;
    float alpha = 0;
};
void finishProduct(cudaStream_t stream, const Epilogue& epilogue, const float* bias, const float* mask, float* y, int rows, int columns);
void dropout(cudaStream_t stream, const StepRecord* record, std::uint64_t randomStream, float rate, float scale, const float* x, float* y, int count);
/// Copies `rows` rows of `length` 32-bit words between two rows of other lengths.
void copyRows(cudaStream_t stream, const std::uint32_t* from, std::uint32_t fromStride, std::uint32_t* to, std::uint32_t toStride, int rows,
              int length);

// --- sums (reduce.cu)
/// Some axes of a value, walked row-major.
struct Axes {
    int axes = 0;
    std::uint32_t count = 1;
    std::uint32_t size[8] = {}, step[8] = {};  ///< innermost first
};
/// How many partial sums per output reduce() wants room for (doubles); 1: none.
int reductionParts(const Axes& kept, const Axes& summed);
/// y[i] = scale · Σj x[kept(i) + summed(j)].
void reduce(cudaStream_t stream, const Axes& kept, const Axes& summed, double scale, const float* x, double* partials, float* y);
/// y = scale · Σ partials, in one block.
void total(cudaStream_t stream, const double* partials, int count, double scale, float* y);

// --- convolution (convolution.cu)
struct Convolution {
    int batch, channels, height, width;  ///< of x; channels of one group
    int outputs, outHeight, outWidth;    ///< of y; outputs of one group
    int kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left, groups;
};
/// One place of the window in one channel: where it lies, counted from a window's corner.
struct Tap {
    int offset, row, column, weight;
};
enum class ConvolutionKind { Forward, BackwardData, BackwardWeights };
/// Entries of the table that a kind wants: for Forward and BackwardWeights per (channel, row, column), for BackwardData per (output, row, column).
int tapCount(ConvolutionKind kind, const Convolution& c);
void fillTaps(ConvolutionKind kind, const Convolution& c, Tap* taps);
/// y = activation(x ∗ w + bias); bias may be nullptr.
void convolve(cudaStream_t stream, const Convolution& c, const Tap* taps, const float* x, const float* w, const float* bias, const Epilogue& epilogue,
              float* y);
void convolveBackwardData(cudaStream_t stream, const Convolution& c, const Tap* taps, const float* dy, const float* w, float* dx);
/// Parts in which the sum over batch and places is made; partials: parts × weights floats, unused where 1.
int weightParts(const Convolution& c);
void convolveBackwardWeights(cudaStream_t stream, const Convolution& c, const Tap* taps, const float* x, const float* dy, float* partials, float* dw);

// --- pooling (pooling.cu)
struct Pooling {
    int planes, height, width, outHeight, outWidth;
    int kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left;
    bool countPadding;
};
void maxPool(cudaStream_t stream, const Pooling& p, const float* x, float* y);
/// masked: dx is 0 where x is not > 0.
void maxPoolBackward(cudaStream_t stream, const Pooling& p, bool masked, const float* x, const float* dy, float* dx);
void averagePool(cudaStream_t stream, const Pooling& p, const float* x, float* y);
void averagePoolBackward(cudaStream_t stream, const Pooling& p, const float* dy, float* dx);

// --- softmax and losses (losses.cu). A line: `size` numbers `inner` apart; outer × inner lines.
struct Lines {
    int outer, size, inner;
};
void softmax(cudaStream_t stream, const Lines& lines, const float* x, float* y);
void softmaxBackward(cudaStream_t stream, const Lines& lines, const float* y, const float* dy, float* dx);
/// partials: one double per row.
void crossEntropy(cudaStream_t stream, int rows, int classes, const float* logits, const std::int32_t* labels, double* partials, float* loss);
void crossEntropyBackward(cudaStream_t stream, int rows, int classes, const float* logits, const std::int32_t* labels, const float* dLoss,
                          float* dLogits);
int binaryCrossEntropyParts(int count);
void binaryCrossEntropy(cudaStream_t stream, int count, const float* logits, const float* targets, double* partials, float* loss);
void binaryCrossEntropyBackward(cudaStream_t stream, int count, const float* logits, const float* targets, const float* dLoss, float* dLogits);

// --- batch normalisation (batch_norm.cu) of x[outer, channels, inner]
struct Channels {
    int outer, channels, inner;
};
/// Parts of a channel's numbers that are summed by one block each; partials: 3 doubles per channel and part.
int channelParts(const Channels& c);
void batchNormTraining(cudaStream_t stream, const Channels& c, double epsilon, double momentum, const float* x, const float* gamma, const float* beta,
                       float* runningMean, float* runningVariance, double* partials, float* y, float* mean, float* rstd);
void batchNormInference(cudaStream_t stream, const Channels& c, double epsilon, const float* x, const float* gamma, const float* beta,
                        const float* mean, const float* variance, float* y);
void batchNormBackward(cudaStream_t stream, const Channels& c, const float* x, const float* dy, const float* gamma, const float* mean,
                       const float* rstd, double* partials, float* dx, float* dgamma, float* dbeta);

// --- guard and updates (updates.cu): work is cut into chunks of many tensors, one block each
constexpr int chunkLength = 1024;
struct FiniteChunk {
    const float* numbers;
    int count;
};
struct UpdateChunk {
    float *parameter, *first, *second;
    const float* gradient;
    int count;
};
void allFinite(cudaStream_t stream, const FiniteChunk* chunks, int count, float* finite);
void update(cudaStream_t stream, const OptimizerAttributes& attributes, const UpdateNumbers* numbers, const UpdateChunk* chunks, int count,
            const float* finite);

}  // namespace lamina::cuda
