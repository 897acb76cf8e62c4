// The guard and the optimizers over all tensors at once: one block per chunk of one of them.
#include "core/engine/cuda/plugin/kernels/kernels.h"
#include "core/engine/cuda/plugin/kernels/launch.cuh"

namespace lamina::cuda {

namespace {

__global__ void assumeFiniteKernel(float* finite) { *finite = 1.0f; }

/// Whoever finds a number that is not finite writes the same 0, so that it does not matter who is first.
__global__ void allFiniteKernel(const FiniteChunk* chunks, float* finite) {
    const FiniteChunk chunk = chunks[blockIdx.x];
#pragma unroll 4
    for (int i = static_cast<int>(threadIdx.x); i < chunk.count; i += static_cast<int>(blockDim.x))
        if (!isfinite(chunk.numbers[i])) *finite = 0.0f;
}

template <class Formula>
__device__ void updateOne(const UpdateChunk& c, int i, const UpdateNumbers& numbers) {
    if constexpr (Formula::slots == 0) Formula::update(c.parameter[i], c.gradient[i], numbers);
    else if constexpr (Formula::slots == 1) Formula::update(c.parameter[i], c.gradient[i], c.first[i], numbers);
    else Formula::update(c.parameter[i], c.gradient[i], c.first[i], c.second[i], numbers);
}

template <class Formula>
__global__ void updateKernel(const UpdateNumbers* given, const UpdateChunk* chunks, const float* finite) {
    if (*finite == 0.0f) return;
    const UpdateNumbers numbers = *given;
    const UpdateChunk chunk = chunks[blockIdx.x];
#pragma unroll 4
    for (int i = static_cast<int>(threadIdx.x); i < chunk.count; i += static_cast<int>(blockDim.x)) updateOne<Formula>(chunk, i, numbers);
}

}  // namespace

void allFinite(cudaStream_t stream, const FiniteChunk* chunks, int count, float* finite) {
    assumeFiniteKernel<<<1, 1, 0, stream>>>(finite);
    if (count > 0) allFiniteKernel<<<static_cast<unsigned>(count), threadsPerBlock, 0, stream>>>(chunks, finite);
}

void update(cudaStream_t stream, const OptimizerAttributes& attributes, const UpdateNumbers* numbers, const UpdateChunk* chunks, int count,
            const float* finite) {
    if (count == 0) return;
    formulas::dispatchUpdate(attributes, [&]<class Formula>(Formula) {
        updateKernel<Formula><<<static_cast<unsigned>(count), threadsPerBlock, 0, stream>>>(numbers, chunks, finite);
    });
}

}  // namespace lamina::cuda
