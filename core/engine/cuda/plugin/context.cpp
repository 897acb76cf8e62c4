#include "core/engine/cuda/plugin/context.h"

#include "core/engine/cuda/plugin/kernels/kernels.h"

namespace lamina::cuda {

namespace {

/// What cuBLAS works in: given once, so that a step allocates nothing and a captured step may call it. NVIDIA's own size for Hopper.
constexpr std::size_t workspaceBytes = std::size_t{32} << 20;

std::string versionText(int version) { return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10); }

Result<int> countDevices() {
    int driver = 0, runtime = 0, count = 0;
    cudaDriverGetVersion(&driver);
    cudaRuntimeGetVersion(&runtime);
    if (driver == 0) return fail("cuda.no_driver");
    const cudaError_t status = cudaGetDeviceCount(&count);
    cudaGetLastError();
    if (status == cudaErrorInsufficientDriver) return fail("cuda.old_driver", {{"driver", versionText(driver)}, {"needed", versionText(runtime)}});
    if (status == cudaErrorNoDevice || (status == cudaSuccess && count == 0)) return fail("cuda.no_device");
    if (status != cudaSuccess) return fail("cuda.failed", {{"call", "cudaGetDeviceCount"}, {"reason", cudaGetErrorString(status)}});
    return count;
}

}  // namespace

Error errorOf(const Failure& failure) {
    if (!failure.outOfMemory()) return fail("cuda.failed", {{"call", failure.call()}, {"reason", failure.reason()}});
    std::size_t free = 0, total = 0;
    cudaMemGetInfo(&free, &total);
    return fail("cuda.out_of_memory", {{"free", std::to_string(free >> 20)}, {"total", std::to_string(total >> 20)}});
}

Result<std::shared_ptr<Context>> Context::create(const CudaOptions& options) {
    LAMINA_TRY(const int count, countDevices());
    if (options.device < 0 || options.device >= count)
        return fail("cuda.unknown_device", {{"wanted", std::to_string(options.device)}, {"found", std::to_string(count)}});
    try {
        cudaDeviceProp properties{};
        check(cudaGetDeviceProperties(&properties, options.device), "cudaGetDeviceProperties");
        std::shared_ptr<Context> context(new Context);
        context->m_device = options.device;
        context->makeCurrent();
        if (!kernelsRunHere())
            return fail("cuda.old_device",
                        {{"name", properties.name}, {"capability", std::to_string(properties.major) + "." + std::to_string(properties.minor)}});
        context->open(options, properties);
        return context;
    } catch (const Failure& failure) {
        return errorOf(failure);
    }
}

void Context::open(const CudaOptions& options, const cudaDeviceProp& properties) {
    check(cudaStreamCreateWithFlags(&m_stream, cudaStreamNonBlocking), "cudaStreamCreate");
    check(cublasCreate(&m_blas), "cublasCreate");
    m_workspace = std::make_unique<DeviceMemory>(workspaceBytes);
    check(cublasSetStream(m_blas, m_stream), "cublasSetStream");
    check(cublasSetWorkspace(m_blas, m_workspace->at(0), workspaceBytes), "cublasSetWorkspace");
    check(cublasSetMathMode(m_blas, options.tf32 ? CUBLAS_TF32_TENSOR_OP_MATH : CUBLAS_PEDANTIC_MATH), "cublasSetMathMode");
    int driver = 0, blas = 0;
    check(cudaDriverGetVersion(&driver), "cudaDriverGetVersion");
    check(cublasGetVersion(m_blas, &blas), "cublasGetVersion");
    m_description = std::string("CUDA, ") + properties.name + " (" + std::to_string(properties.major) + "." + std::to_string(properties.minor) +
                    "), driver " + versionText(driver) + ", cuBLAS " + std::to_string(blas / 10000) + "." + std::to_string(blas % 10000 / 100) + "." +
                    std::to_string(blas % 100) + (options.tf32 ? ", TF32" : ", exact float32");
}

Context::~Context() {
    if (m_blas) cublasDestroy(m_blas);
    if (m_stream) cudaStreamDestroy(m_stream);
}

void Context::makeCurrent() const { check(cudaSetDevice(m_device), "cudaSetDevice"); }

}  // namespace lamina::cuda
