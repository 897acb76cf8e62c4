// One GPU as Lamina uses it: its stream, cuBLAS with a workspace of its own, and the memory shared with the host.
#pragma once

#include <cublas_v2.h>

#include <memory>
#include <string>

#include "core/engine/cuda/plugin/check.h"
#include "core/engine/cuda/plugin/memory.h"
#include "core/engine/cuda/plugin_interface.h"

namespace lamina::cuda {

class Context {
public:
    /// All that can be missing on somebody's machine is told apart here ("cuda.no_driver" …); handles are made, because only that proves the
    /// libraries.
    static Result<std::shared_ptr<Context>> create(const CudaOptions& options);
    ~Context();

    /// "CUDA, NVIDIA H100 80GB HBM3 (9.0), driver 13.0, cuBLAS 13.1.0, exact float32"
    const std::string& description() const { return m_description; }
    cudaStream_t stream() const { return m_stream; }
    cublasHandle_t blas() const { return m_blas; }
    Memory& memory() const { return *m_memory; }
    /// The GPU that following calls of this thread mean.
    void makeCurrent() const;

private:
    Context() = default;
    void open(const CudaOptions& options, const cudaDeviceProp& properties);

    int m_device = 0;
    std::string m_description;
    cudaStream_t m_stream = nullptr;
    cublasHandle_t m_blas = nullptr;
    std::unique_ptr<DeviceMemory> m_workspace;
    std::shared_ptr<Memory> m_memory = std::make_shared<Memory>();
};

/// The Error that a failure becomes at the border: "cuda.out_of_memory" with what is free, else "cuda.failed".
Error errorOf(const Failure& failure);

}  // namespace lamina::cuda
