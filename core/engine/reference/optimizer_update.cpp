#include "core/engine/formulas/optimizers.h"
#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace optimizer_update_kernel {

template <class Formula, class T>
void update(const Call& call, const formulas::UpdateNumbers<T>& numbers) {
    const std::int64_t count = elementCount(call.inShape(0));
    T *p = call.in<T>(0), *g = call.in<T>(1);
    for (std::int64_t i = 0; i < count; ++i) {
        if constexpr (Formula::slots == 0) Formula::update(p[i], g[i], numbers);
        else if constexpr (Formula::slots == 1) Formula::update(p[i], g[i], call.in<T>(2)[i], numbers);
        else Formula::update(p[i], g[i], call.in<T>(2)[i], call.in<T>(3)[i], numbers);
    }
}

template <class T>
void run(const Call& call, const StepContext& context) {
    if (*call.in<T>(call.inputs.size() - 1) == T(0)) return;
    const auto& attributes = call.as<OptimizerAttributes>();
    const auto numbers = formulas::updateNumbers<T>(attributes, context.learningRate, context.step);
    formulas::dispatchUpdate(attributes, [&](auto formula) { update<decltype(formula)>(call, numbers); });
}

}  // namespace optimizer_update_kernel

Kernels optimizerUpdate() {
    using namespace optimizer_update_kernel;
    return {run<float>, run<double>};
}

}  // namespace lamina::reference
