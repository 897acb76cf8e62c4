// Batch normalisation: every channel is cut into parts; a block takes the mean of its part and the squares around that mean, and the
// parts are put together in their order (Chan, Golub and LeVeque 1979), so that no digits are lost where the mean is large.
#include <algorithm>

#include "core/engine/cuda/plugin/kernels/kernels.h"
#include "core/engine/cuda/plugin/kernels/launch.cuh"

namespace lamina::cuda {

namespace {

constexpr int partLength = 8192;

/// The numbers of one part of one channel: use(place in x).
template <class Use>
__device__ void forEachOfPart(const Channels& c, FastDivide inner, std::uint32_t channel, std::uint32_t begin, std::uint32_t end, Use&& use) {
    for (std::uint32_t i = begin + threadIdx.x; i < end; i += blockDim.x) {
        const std::uint32_t outer = inner(i);
        use((outer * c.channels + channel) * c.inner + (i - outer * c.inner));
    }
}

struct Part {
    std::uint32_t begin, end;
};
__device__ Part partOf(const Channels& c) {
    const std::uint32_t count = static_cast<std::uint32_t>(c.outer) * c.inner, length = (count + gridDim.y - 1) / gridDim.y;
    return {min(count, blockIdx.y * length), min(count, (blockIdx.y + 1) * length)};
}

__global__ void momentsKernel(Channels c, FastDivide inner, const float* x, double* partials) {
    const std::uint32_t channel = blockIdx.x;
    const Part part = partOf(c);
    const double count = part.end - part.begin;
    double sum = 0, squares = 0;
    forEachOfPart(c, inner, channel, part.begin, part.end, [&](std::uint32_t at) { sum += x[at]; });
    const double mean = blockSumForAll(sum) / (count > 0 ? count : 1);
    const float around = static_cast<float>(mean);
    forEachOfPart(c, inner, channel, part.begin, part.end, [&](std::uint32_t at) {
        const float away = x[at] - around;
        squares += away * away;
    });
    squares = blockSum(squares);
    if (threadIdx.x != 0) return;
    double* const own = partials + 3 * (static_cast<std::size_t>(channel) * gridDim.y + blockIdx.y);
    const double rounding = mean - around;
    own[0] = count;
    own[1] = mean;
    own[2] = squares - count * rounding * rounding;
}

/// A batch with NaN or infinity must not spoil the statistics: the step that made it is thrown away, the states are not.
__device__ void moveTowards(float& running, double batch, double momentum) {
    if (isfinite(batch)) running = static_cast<float>(running + momentum * (batch - running));
}

__global__ void statisticsKernel(int channels, int parts, double epsilon, double momentum, const double* partials, float* runningMean,
                                 float* runningVariance, float* mean, float* rstd) {
    const int channel = static_cast<int>(threadNumber());
    if (channel >= channels) return;
    double count = 0, center = 0, squares = 0;
    for (int part = 0; part < parts; ++part) {
        const double* const own = partials + 3 * (static_cast<std::size_t>(channel) * parts + part);
        if (own[0] == 0) continue;
        const double both = count + own[0], away = own[1] - center;
        squares += own[2] + away * away * count * own[0] / both;
        center += away * own[0] / both;
        count = both;
    }
    const double variance = squares / count;
    mean[channel] = static_cast<float>(center);
    rstd[channel] = static_cast<float>(1 / sqrt(variance + epsilon));
    moveTowards(runningMean[channel], center, momentum);
    moveTowards(runningVariance[channel], count > 1 ? variance * count / (count - 1) : variance, momentum);
}

__global__ void normalizeKernel(Channels c, std::uint32_t total, const float* x, const float* gamma, const float* beta, const float* mean,
                                const float* rstd, float* y) {
    const std::uint32_t i = threadNumber();
    if (i >= total) return;
    const std::uint32_t channel = i / c.inner % c.channels;
    y[i] = gamma[channel] * rstd[channel] * (x[i] - mean[channel]) + beta[channel];
}

__global__ void inferenceKernel(Channels c, std::uint32_t total, double epsilon, const float* x, const float* gamma, const float* beta,
                                const float* mean, const float* variance, float* y) {
    const std::uint32_t i = threadNumber();
    if (i >= total) return;
    const std::uint32_t channel = i / c.inner % c.channels;
    const float factor = static_cast<float>(gamma[channel] / sqrt(variance[channel] + epsilon));
    y[i] = (x[i] - mean[channel]) * factor + beta[channel];
}

__global__ void gradientSumsKernel(Channels c, FastDivide inner, const float* x, const float* dy, const float* mean, double* partials) {
    const std::uint32_t channel = blockIdx.x;
    const Part part = partOf(c);
    const float center = mean[channel];
    double sum = 0, products = 0;
    forEachOfPart(c, inner, channel, part.begin, part.end, [&](std::uint32_t at) {
        sum += dy[at];
        products += dy[at] * (x[at] - center);
    });
    sum = blockSum(sum);
    products = blockSum(products);
    if (threadIdx.x != 0) return;
    double* const own = partials + 3 * (static_cast<std::size_t>(channel) * gridDim.y + blockIdx.y);
    own[0] = sum;
    own[1] = products;
}

/// dgamma, dbeta, and what dx needs, left in the first part's place: Σ dy / n and rstd² · Σ dy·(x - mean) / n.
__global__ void gradientStatisticsKernel(int channels, int parts, double count, const float* rstd, double* partials, float* dgamma, float* dbeta) {
    const int channel = static_cast<int>(threadNumber());
    if (channel >= channels) return;
    double* const own = partials + 3 * static_cast<std::size_t>(channel) * parts;
    double sum = 0, products = 0;
    for (int part = 0; part < parts; ++part) {
        sum += own[3 * part];
        products += own[3 * part + 1];
    }
    const double r = rstd[channel];
    dgamma[channel] = static_cast<float>(products * r);
    dbeta[channel] = static_cast<float>(sum);
    own[0] = sum / count;
    own[1] = products * r * r / count;
}

__global__ void gradientKernel(Channels c, int parts, std::uint32_t total, const float* x, const float* dy, const float* gamma, const float* mean,
                               const float* rstd, const double* partials, float* dx) {
    const std::uint32_t i = threadNumber();
    if (i >= total) return;
    const std::uint32_t channel = i / c.inner % c.channels;
    const double* const own = partials + 3 * static_cast<std::size_t>(channel) * parts;
    const float sum = static_cast<float>(own[0]), slope = static_cast<float>(own[1]);
    dx[i] = gamma[channel] * rstd[channel] * (dy[i] - sum - (x[i] - mean[channel]) * slope);
}

std::uint32_t totalOf(const Channels& c) {
    return static_cast<std::uint32_t>(c.outer) * static_cast<std::uint32_t>(c.channels) * static_cast<std::uint32_t>(c.inner);
}
dim3 partGrid(const Channels& c) { return dim3(static_cast<unsigned>(c.channels), static_cast<unsigned>(channelParts(c))); }

}  // namespace

int channelParts(const Channels& c) {
    const std::int64_t count = static_cast<std::int64_t>(c.outer) * c.inner;
    return static_cast<int>(count <= partLength ? 1 : std::min<std::int64_t>((count + partLength - 1) / partLength, 128));
}

void batchNormTraining(cudaStream_t stream, const Channels& c, double epsilon, double momentum, const float* x, const float* gamma, const float* beta,
                       float* runningMean, float* runningVariance, double* partials, float* y, float* mean, float* rstd) {
    if (totalOf(c) == 0) return;
    momentsKernel<<<partGrid(c), threadsPerBlock, 0, stream>>>(c, FastDivide(static_cast<std::uint32_t>(c.inner)), x, partials);
    statisticsKernel<<<blocksFor(c.channels, 64), 64, 0, stream>>>(c.channels, channelParts(c), epsilon, momentum, partials, runningMean,
                                                                   runningVariance, mean, rstd);
    normalizeKernel<<<blocksFor(totalOf(c)), threadsPerBlock, 0, stream>>>(c, totalOf(c), x, gamma, beta, mean, rstd, y);
}

void batchNormInference(cudaStream_t stream, const Channels& c, double epsilon, const float* x, const float* gamma, const float* beta,
                        const float* mean, const float* variance, float* y) {
    if (totalOf(c) > 0)
        inferenceKernel<<<blocksFor(totalOf(c)), threadsPerBlock, 0, stream>>>(c, totalOf(c), epsilon, x, gamma, beta, mean, variance, y);
}

void batchNormBackward(cudaStream_t stream, const Channels& c, const float* x, const float* dy, const float* gamma, const float* mean,
                       const float* rstd, double* partials, float* dx, float* dgamma, float* dbeta) {
    if (totalOf(c) == 0) return;
    const int parts = channelParts(c);
    gradientSumsKernel<<<partGrid(c), threadsPerBlock, 0, stream>>>(c, FastDivide(static_cast<std::uint32_t>(c.inner)), x, dy, mean, partials);
    gradientStatisticsKernel<<<blocksFor(c.channels, 64), 64, 0, stream>>>(c.channels, parts, static_cast<double>(c.outer) * c.inner, rstd, partials,
                                                                           dgamma, dbeta);
    gradientKernel<<<blocksFor(totalOf(c)), threadsPerBlock, 0, stream>>>(c, parts, totalOf(c), x, dy, gamma, mean, rstd, partials, dx);
}

}  // namespace lamina::cuda
