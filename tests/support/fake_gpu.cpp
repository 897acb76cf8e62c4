// A plug-in in the place of liblamina-cuda.so: a "GPU" that computes what the reference device does and, when it is told to, refuses or fails.
// $LAMINA_FAKE_GPU_LARGEST: plans with a value of more numbers are refused ("cuda.too_large").
// $LAMINA_FAKE_GPU_BUILD: what it says it was built for.
// $LAMINA_FAKE_GPU_FAILS_AT: it is lost in this step of a training; nothing works on it from then on, as with a real one.
#include <cstdlib>

#include "core/engine/cuda/plugin_interface.h"
#include "core/engine/device_failure.h"

namespace lamina {
namespace {

std::int64_t number(const char* variable) {
    const char* const text = std::getenv(variable);
    return text && *text ? std::atoll(text) : -1;
}

/// Shared by a device and its plans.
struct Card {
    std::unique_ptr<Device> reference = makeReferenceDevice(DType::Float32);
    bool lost = false;

    void check(const char* call) const {
        if (lost) throw DeviceFailure(call, "the card fell off the bus");
    }
};

class FakePlan : public DevicePlan {
public:
    FakePlan(std::shared_ptr<Card> card, std::unique_ptr<DevicePlan> plan, bool trains)
        : m_card(std::move(card)), m_plan(std::move(plan)), m_trains(trains) {}
    const std::vector<Buffer>& buffers() const override { return m_plan->buffers(); }
    int stepCount() const override { return m_plan->stepCount(); }
    Result<void> bind(const std::vector<void*>& addresses) override { return m_plan->bind(addresses); }
    void run(const StepContext& context) override {
        const std::int64_t last = number("LAMINA_FAKE_GPU_FAILS_AT");
        if (m_trains && last >= 0 && static_cast<std::int64_t>(context.step) >= last) m_card->lost = true;
        m_card->check("fakeLaunch");
        m_plan->run(context);
    }
    std::vector<PlannedOp> describe() const override { return m_plan->describe(); }

private:
    std::shared_ptr<Card> m_card;
    std::unique_ptr<DevicePlan> m_plan;
    bool m_trains;
};

class FakeGpu : public Device {
public:
    explicit FakeGpu(bool tf32) : m_tf32(tf32) {}
    std::string id() const override { return "cuda"; }
    /// One that is to fail is another card: the self-test is made once for each.
    std::string description() const override {
        const std::int64_t last = number("LAMINA_FAKE_GPU_FAILS_AT");
        return last < 0 ? m_tf32 ? "Fake GPU, TF32" : "Fake GPU" : "Fake GPU that fails in step " + std::to_string(last);
    }
    std::shared_ptr<void> allocate(std::size_t bytes) override {
        m_card->check("fakeAllocate");
        return m_card->reference->allocate(bytes);
    }
    void makeReadable(const void*) override { m_card->check("fakeDownload"); }
    Result<std::unique_ptr<DevicePlan>> plan(const Graph& graph, const std::vector<ValueId>& kept) override {
        const std::int64_t largest = number("LAMINA_FAKE_GPU_LARGEST");
        bool trains = false;
        for (const Op& op : graph.ops) trains = trains || op.kind == OpKind::OptimizerUpdate;
        for (const Value& value : graph.values)
            if (largest >= 0 && elementCount(value.shape) > largest)
                return fail("cuda.too_large", {{"name", value.name}, {"shape", shapeText(value.shape)}});
        LAMINA_TRY(auto plan, m_card->reference->plan(graph, kept));
        return std::unique_ptr<DevicePlan>(std::make_unique<FakePlan>(m_card, std::move(plan), trains));
    }

private:
    std::shared_ptr<Card> m_card = std::make_shared<Card>();
    bool m_tf32;
};

Result<std::unique_ptr<Device>> create(const CudaOptions& options) { return std::unique_ptr<Device>(std::make_unique<FakeGpu>(options.tf32)); }

}  // namespace
}  // namespace lamina

extern "C" __attribute__((visibility("default"))) const lamina::CudaPlugin* lamina_cuda_plugin() {
    static lamina::CudaPlugin plugin{LAMINA_CUDA_BUILD, lamina::create};
    const char* const build = std::getenv("LAMINA_FAKE_GPU_BUILD");
    plugin.build = build ? build : LAMINA_CUDA_BUILD;
    return &plugin;
}
