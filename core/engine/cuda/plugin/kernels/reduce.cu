// Sums over axes. Which of three forms is taken, and how a sum is cut, follows from the shape alone.
#include "core/engine/cuda/plugin/kernels/kernels.h"
#include "core/engine/cuda/plugin/kernels/launch.cuh"

namespace lamina::cuda {

namespace {

/// Numbers that one block sums before another part begins.
constexpr std::uint32_t partLength = 4096;
/// Sums so short that one thread makes one.
constexpr std::uint32_t serialLength = 12;
constexpr std::uint32_t columnsAtOnce = 32;

/// Axes with their divisions made ready.
struct FastAxes {
    int axes;
    std::uint32_t count;
    FastDivide size[8];
    std::uint32_t step[8];
    explicit FastAxes(const Axes& from) : axes(from.axes), count(from.count) {
        for (int i = 0; i < axes; ++i) {
            size[i] = FastDivide(from.size[i]);
            step[i] = from.step[i];
        }
    }
};

__device__ std::uint32_t placeOf(const FastAxes& axes, std::uint32_t index) {
    std::uint32_t place = 0;
    for (int i = 0; i < axes.axes; ++i) {
        const std::uint32_t next = axes.size[i](index);
        place += (index - next * axes.size[i].divisor) * axes.step[i];
        index = next;
    }
    return place;
}

__global__ void serialKernel(const __grid_constant__ FastAxes kept, const __grid_constant__ FastAxes summed, double scale, const float* x, float* y) {
    const std::uint32_t i = threadNumber();
    if (i >= kept.count) return;
    const float* const from = x + placeOf(kept, i);
    double sum = 0;
    for (std::uint32_t j = 0; j < summed.count; ++j) sum += from[placeOf(summed, j)];
    y[i] = static_cast<float>(sum * scale);
}

/// Neighbouring outputs lie side by side in x: a warp reads a row of them, the warps of a block share the rows.
__global__ void columnsKernel(const __grid_constant__ FastAxes kept, const __grid_constant__ FastAxes summed, double scale, const float* x,
                              float* y) {
    __shared__ double sums[32][columnsAtOnce + 1];
    const std::uint32_t column = blockIdx.x * columnsAtOnce + threadIdx.x;
    double sum = 0;
    if (column < kept.count) {
        const float* const from = x + placeOf(kept, column);
#pragma unroll 8
        for (std::uint32_t j = threadIdx.y; j < summed.count; j += 32) sum += from[j * summed.step[0]];
    }
    sums[threadIdx.y][threadIdx.x] = sum;
    __syncthreads();
    for (std::uint32_t half = blockDim.y / 2; half > 0; half /= 2) {
        if (threadIdx.y < half) sums[threadIdx.y][threadIdx.x] += sums[threadIdx.y + half][threadIdx.x];
        __syncthreads();
    }
    if (threadIdx.y == 0 && column < kept.count) y[column] = static_cast<float>(sums[0][threadIdx.x] * scale);
}

/// One block per output and part. Four sums per thread, so that four loads are under way.
__global__ void blockKernel(const __grid_constant__ FastAxes kept, const __grid_constant__ FastAxes summed, int parts, double scale, const float* x,
                            double* partials, float* y) {
    const std::uint32_t output = blockIdx.x, part = blockIdx.y;
    const float* const from = x + placeOf(kept, output);
    const std::uint32_t length = (summed.count + parts - 1) / parts, begin = part * length, end = min(summed.count, begin + length);
    float sums[4] = {};
    for (std::uint32_t j = begin + threadIdx.x; j < end; j += 4 * blockDim.x)
#pragma unroll
        for (std::uint32_t k = 0; k < 4; ++k)
            if (j + k * blockDim.x < end) sums[k] += from[placeOf(summed, j + k * blockDim.x)];
    const double sum = blockSum((static_cast<double>(sums[0]) + sums[1]) + (static_cast<double>(sums[2]) + sums[3]));
    if (threadIdx.x != 0) return;
    if (parts > 1) partials[output * parts + part] = sum;
    else y[output] = static_cast<float>(sum * scale);
}

__global__ void partsKernel(std::uint32_t outputs, int parts, double scale, const double* partials, float* y) {
    const std::uint32_t i = threadNumber();
    if (i >= outputs) return;
    double sum = 0;
    for (int part = 0; part < parts; ++part) sum += partials[i * parts + part];
    y[i] = static_cast<float>(sum * scale);
}

__global__ void totalKernel(const double* partials, int count, double scale, float* y) {
    double sum = 0;
    for (int i = static_cast<int>(threadIdx.x); i < count; i += static_cast<int>(blockDim.x)) sum += partials[i];
    sum = blockSum(sum);
    if (threadIdx.x == 0) *y = static_cast<float>(sum * scale);
}

bool bySerial(const Axes& summed) { return summed.count <= serialLength; }
bool byColumns(const Axes& kept, const Axes& summed) {
    return summed.axes == 1 && kept.axes > 0 && kept.step[0] == 1 && kept.size[0] >= columnsAtOnce;
}

}  // namespace

int reductionParts(const Axes& kept, const Axes& summed) {
    if (bySerial(summed) || byColumns(kept, summed)) return 1;
    return static_cast<int>(min((summed.count + partLength - 1) / partLength, 256u));
}

void reduce(cudaStream_t stream, const Axes& kept, const Axes& summed, double scale, const float* x, double* partials, float* y) {
    if (kept.count == 0) return;
    if (bySerial(summed)) {
        serialKernel<<<blocksFor(kept.count), threadsPerBlock, 0, stream>>>(FastAxes(kept), FastAxes(summed), scale, x, y);
        return;
    }
    if (byColumns(kept, summed)) {
        columnsKernel<<<blocksFor(kept.count, columnsAtOnce), dim3(columnsAtOnce, 32), 0, stream>>>(FastAxes(kept), FastAxes(summed), scale, x, y);
        return;
    }
    const int parts = reductionParts(kept, summed);
    blockKernel<<<dim3(kept.count, static_cast<unsigned>(parts)), threadsPerBlock, 0, stream>>>(FastAxes(kept), FastAxes(summed), parts, scale, x,
                                                                                                partials, y);
    if (parts > 1) partsKernel<<<blocksFor(kept.count), threadsPerBlock, 0, stream>>>(kept.count, parts, scale, partials, y);
}

void total(cudaStream_t stream, const double* partials, int count, double scale, float* y) {
    totalKernel<<<1, 1024, 0, stream>>>(partials, count, scale, y);
}

}  // namespace lamina::cuda
