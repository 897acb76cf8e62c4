// Softmax and the losses. A warp has a row of classes; sums over rows are made in double by one block.
#include "core/engine/cuda/plugin/kernels/kernels.h"
#include "core/engine/cuda/plugin/kernels/launch.cuh"

namespace lamina::cuda {

namespace {

constexpr int warpsPerBlock = threadsPerBlock / 32;

/// A warp per line: the numbers of a line side by side, or few lines.
__global__ void softmaxWarpKernel(Lines lines, const float* x, float* y) {
    const int line = static_cast<int>(threadNumber() / 32), lane = static_cast<int>(threadIdx.x % 32);
    if (line >= lines.outer * lines.inner) return;
    const std::size_t first = static_cast<std::size_t>(line / lines.inner) * lines.size * lines.inner + line % lines.inner;
    float largest = x[first];
    for (int i = lane; i < lines.size; i += 32) largest = larger(largest, x[first + static_cast<std::size_t>(i) * lines.inner]);
    largest = warpMax(largest);
    double sum = 0;
    for (int i = lane; i < lines.size; i += 32) sum += expf(x[first + static_cast<std::size_t>(i) * lines.inner] - largest);
    sum = warpSum(sum);
    const float factor = static_cast<float>(1.0 / sum);
    for (int i = lane; i < lines.size; i += 32) {
        const std::size_t at = first + static_cast<std::size_t>(i) * lines.inner;
        y[at] = expf(x[at] - largest) * factor;
    }
}

__global__ void softmaxBackwardWarpKernel(Lines lines, const float* y, const float* dy, float* dx) {
    const int line = static_cast<int>(threadNumber() / 32), lane = static_cast<int>(threadIdx.x % 32);
    if (line >= lines.outer * lines.inner) return;
    const std::size_t first = static_cast<std::size_t>(line / lines.inner) * lines.size * lines.inner + line % lines.inner;
    double sum = 0;
    for (int i = lane; i < lines.size; i += 32) {
        const std::size_t at = first + static_cast<std::size_t>(i) * lines.inner;
        sum += static_cast<double>(y[at]) * dy[at];
    }
    const float all = static_cast<float>(warpSum(sum));
    for (int i = lane; i < lines.size; i += 32) {
        const std::size_t at = first + static_cast<std::size_t>(i) * lines.inner;
        dx[at] = y[at] * (dy[at] - all);
    }
}

/// log Σ exp(row), known to every lane.
__device__ double logSumExp(const float* row, int classes, int lane) {
    float largest = row[0];
    for (int c = lane; c < classes; c += 32) largest = larger(largest, row[c]);
    largest = warpMax(largest);
    double sum = 0;
    for (int c = lane; c < classes; c += 32) sum += expf(row[c] - largest);
    return largest + log(warpSum(sum));
}

__global__ void crossEntropyKernel(int rows, int classes, const float* logits, const std::int32_t* labels, double* partials) {
    const int row = static_cast<int>(threadNumber() / 32), lane = static_cast<int>(threadIdx.x % 32);
    if (row >= rows) return;
    const float* const numbers = logits + static_cast<std::size_t>(row) * classes;
    const std::int32_t label = labels[row];
    const bool known = label >= 0 && label < classes;
    const double loss = known ? logSumExp(numbers, classes, lane) - numbers[label] : 0.0;
    if (lane == 0) partials[row] = loss;
}

__global__ void crossEntropyBackwardKernel(int rows, int classes, const float* logits, const std::int32_t* labels, const float* dLoss,
                                           float* dLogits) {
    const int row = static_cast<int>(threadNumber() / 32), lane = static_cast<int>(threadIdx.x % 32);
    if (row >= rows) return;
    const float* const numbers = logits + static_cast<std::size_t>(row) * classes;
    float* const result = dLogits + static_cast<std::size_t>(row) * classes;
    const std::int32_t label = labels[row];
    const bool known = label >= 0 && label < classes;
    const float all = known ? static_cast<float>(logSumExp(numbers, classes, lane)) : 0.0f, factor = *dLoss / static_cast<float>(rows);
    for (int c = lane; c < classes; c += 32) result[c] = known ? (expf(numbers[c] - all) - (c == label ? 1.0f : 0.0f)) * factor : 0.0f;
}

__global__ void binaryCrossEntropyKernel(int count, const float* logits, const float* targets, double* partials) {
    double sum = 0;
    for (std::uint32_t i = threadNumber(); i < static_cast<std::uint32_t>(count); i += gridDim.x * blockDim.x) {
        const float z = logits[i];
        sum += larger(z, 0.0f) - z * targets[i] + log1pf(expf(-fabsf(z)));
    }
    sum = blockSum(sum);
    if (threadIdx.x == 0) partials[blockIdx.x] = sum;
}

__global__ void binaryCrossEntropyBackwardKernel(int count, const float* logits, const float* targets, const float* dLoss, float* dLogits) {
    const std::uint32_t i = threadNumber();
    if (i >= static_cast<std::uint32_t>(count)) return;
    dLogits[i] = (1.0f / (1.0f + expf(-logits[i])) - targets[i]) * (*dLoss / static_cast<float>(count));
}

}  // namespace

void softmax(cudaStream_t stream, const Lines& lines, const float* x, float* y) {
    const std::int64_t count = static_cast<std::int64_t>(lines.outer) * lines.inner;
    if (count > 0 && lines.size > 0) softmaxWarpKernel<<<blocksFor(count, warpsPerBlock), threadsPerBlock, 0, stream>>>(lines, x, y);
}
void softmaxBackward(cudaStream_t stream, const Lines& lines, const float* y, const float* dy, float* dx) {
    const std::int64_t count = static_cast<std::int64_t>(lines.outer) * lines.inner;
    if (count > 0 && lines.size > 0) softmaxBackwardWarpKernel<<<blocksFor(count, warpsPerBlock), threadsPerBlock, 0, stream>>>(lines, y, dy, dx);
}

void crossEntropy(cudaStream_t stream, int rows, int classes, const float* logits, const std::int32_t* labels, double* partials, float* loss) {
    if (rows > 0 && classes > 0)
        crossEntropyKernel<<<blocksFor(rows, warpsPerBlock), threadsPerBlock, 0, stream>>>(rows, classes, logits, labels, partials);
    total(stream, partials, classes > 0 ? rows : 0, 1.0 / rows, loss);
}
void crossEntropyBackward(cudaStream_t stream, int rows, int classes, const float* logits, const std::int32_t* labels, const float* dLoss,
                          float* dLogits) {
    if (rows > 0 && classes > 0)
        crossEntropyBackwardKernel<<<blocksFor(rows, warpsPerBlock), threadsPerBlock, 0, stream>>>(rows, classes, logits, labels, dLoss, dLogits);
}

int binaryCrossEntropyParts(int count) { return static_cast<int>(min(blocksFor(count, 16 * threadsPerBlock), 512u)); }

void binaryCrossEntropy(cudaStream_t stream, int count, const float* logits, const float* targets, double* partials, float* loss) {
    const int parts = binaryCrossEntropyParts(count);
    if (parts > 0) binaryCrossEntropyKernel<<<static_cast<unsigned>(parts), threadsPerBlock, 0, stream>>>(count, logits, targets, partials);
    total(stream, partials, parts, 1.0 / count, loss);
}
void binaryCrossEntropyBackward(cudaStream_t stream, int count, const float* logits, const float* targets, const float* dLoss, float* dLogits) {
    if (count > 0) binaryCrossEntropyBackwardKernel<<<blocksFor(count), threadsPerBlock, 0, stream>>>(count, logits, targets, dLoss, dLogits);
}

}  // namespace lamina::cuda
