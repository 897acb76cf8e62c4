// Pieces that all kernels share.
#pragma once

#include <cstdint>

namespace lamina::cuda {

constexpr int threadsPerBlock = 256;

inline unsigned blocksFor(std::int64_t work, int perBlock = threadsPerBlock) { return static_cast<unsigned>((work + perBlock - 1) / perBlock); }

/// Number of this thread in the grid.
__device__ inline std::uint32_t threadNumber() { return blockIdx.x * blockDim.x + threadIdx.x; }

/// Sum over a block as a tree of fixed form; thread 0 has it. Blocks of up to 1024 threads, a multiple of 32.
__device__ inline double blockSum(double value) {
    __shared__ double warpSums[32];
    for (int offset = 16; offset > 0; offset /= 2) value += __shfl_down_sync(0xffffffffu, value, offset);
    __syncthreads();  // an earlier sum of the same block has been read
    if (threadIdx.x % 32 == 0) warpSums[threadIdx.x / 32] = value;
    __syncthreads();
    value = threadIdx.x < blockDim.x / 32 ? warpSums[threadIdx.x] : 0.0;
    if (threadIdx.x < 32)
        for (int offset = 16; offset > 0; offset /= 2) value += __shfl_down_sync(0xffffffffu, value, offset);
    return value;
}

/// The same, known to every thread.
__device__ inline double blockSumForAll(double value) {
    __shared__ double result;
    value = blockSum(value);
    if (threadIdx.x == 0) result = value;
    __syncthreads();
    return result;
}

template <class T>
__device__ inline T warpSum(T value) {
    for (int offset = 16; offset > 0; offset /= 2) value += __shfl_xor_sync(0xffffffffu, value, offset);
    return value;
}
/// The larger of two, as std::max() sees it (a NaN in b is not larger).
__device__ inline float larger(float a, float b) { return a < b ? b : a; }
__device__ inline float warpMax(float value) {
    for (int offset = 16; offset > 0; offset /= 2) value = larger(value, __shfl_xor_sync(0xffffffffu, value, offset));
    return value;
}

/// Division by a number that is known before the launch (Granlund and Montgomery 1994), for dividends below 2^31.
struct FastDivide {
    std::uint32_t divisor, multiplier, shift;
    FastDivide() = default;
    explicit FastDivide(std::uint32_t by) : divisor(by), multiplier(0), shift(0) {
        while ((std::uint64_t{1} << shift) < by) ++shift;
        multiplier = static_cast<std::uint32_t>(((std::uint64_t{1} << 32) * ((std::uint64_t{1} << shift) - by)) / by + 1);
    }
    __device__ std::uint32_t operator()(std::uint32_t n) const { return (__umulhi(n, multiplier) + n) >> shift; }
};

}  // namespace lamina::cuda
