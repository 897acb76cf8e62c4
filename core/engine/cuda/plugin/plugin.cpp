// The plug-in's only door.
#include "core/engine/cuda/plugin_interface.h"

#include "core/engine/cuda/plugin/context.h"
#include "core/engine/cuda/plugin/cuda_plan.h"

namespace lamina {

namespace {

using namespace cuda;

class CudaDevice : public Device {
public:
    explicit CudaDevice(std::shared_ptr<Context> context) : m_context(std::move(context)) {}

    std::string id() const override { return "cuda"; }
    std::string description() const override { return m_context->description(); }

    std::shared_ptr<void> allocate(std::size_t bytes) override {
        m_context->makeCurrent();
        return m_context->memory().allocate(bytes);
    }
    void makeReadable(const void* memory) override {
        m_context->makeCurrent();
        if (Mirrored* const block = m_context->memory().find(memory)) download(*block, m_context->stream());
    }
    void noteWritten(const void* memory) override {
        if (Mirrored* const block = m_context->memory().find(memory)) block->hostIsNewer = true;
    }

    Result<std::unique_ptr<DevicePlan>> plan(const Graph& graph, const std::vector<ValueId>& kept) override {
        if (graph.error()) return *graph.error();
        PlanBuilder builder(graph, kept);
        LAMINA_CHECK(builder.build());
        return std::unique_ptr<DevicePlan>(std::make_unique<CudaPlan>(m_context, std::move(builder), kept));
    }

private:
    std::shared_ptr<Context> m_context;
};

Result<std::unique_ptr<Device>> create(const CudaOptions& options) {
    LAMINA_TRY(auto context, Context::create(options));
    return std::unique_ptr<Device>(std::make_unique<CudaDevice>(std::move(context)));
}

}  // namespace

}  // namespace lamina

extern "C" __attribute__((visibility("default"))) const lamina::CudaPlugin* lamina_cuda_plugin() {
    static const lamina::CudaPlugin plugin{LAMINA_CUDA_BUILD, lamina::create};
    return &plugin;
}
