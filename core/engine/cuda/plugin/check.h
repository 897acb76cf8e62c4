// Every call of CUDA and cuBLAS is checked. Failures travel as one exception inside the plug-in and become an Error at its border;
// out of what has no Result (a run, memory) they go on as the DeviceFailure that they are.
#pragma once

#include <cublas_v2.h>
#include <cuda_runtime.h>

#include <string>

#include "core/base/result.h"
#include "core/engine/device_failure.h"

namespace lamina::cuda {

class Failure : public DeviceFailure {
public:
    Failure(std::string call, std::string reason, bool memory) : DeviceFailure(std::move(call), std::move(reason)), m_memory(memory) {}
    bool outOfMemory() const { return m_memory; }

private:
    bool m_memory;
};

inline void check(cudaError_t status, const char* call) {
    if (status == cudaSuccess) return;
    cudaGetLastError();  // what is not sticky is forgotten, so that the next call is judged by itself
    throw Failure(call, cudaGetErrorString(status), status == cudaErrorMemoryAllocation);
}
inline void check(cublasStatus_t status, const char* call) {
    if (status != CUBLAS_STATUS_SUCCESS) throw Failure(call, cublasGetStatusString(status), status == CUBLAS_STATUS_ALLOC_FAILED);
}

}  // namespace lamina::cuda
