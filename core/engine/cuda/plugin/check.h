// Every call of CUDA and cuBLAS is checked. Failures travel as one exception inside the plug-in and become an Error at its border;
// out of DevicePlan::run, which has no Result, they go on as a std::runtime_error.
#pragma once

#include <cublas_v2.h>
#include <cuda_runtime.h>

#include <stdexcept>
#include <string>

#include "core/base/result.h"

namespace lamina::cuda {

class Failure : public std::runtime_error {
public:
    Failure(std::string call, std::string reason, bool memory)
        : std::runtime_error("CUDA, " + call + ": " + reason), m_call(std::move(call)), m_reason(std::move(reason)), m_memory(memory) {}
    const std::string& call() const { return m_call; }
    const std::string& reason() const { return m_reason; }
    bool outOfMemory() const { return m_memory; }

private:
    std::string m_call, m_reason;
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
