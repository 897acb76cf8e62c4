// Point-wise ops. They run in whatever layout their inputs have, as long as padded channels stay 0.
#include <algorithm>
#include <cmath>

#include "core/engine/cpu/lowering.h"
#include "core/engine/formulas/activations.h"
#include "core/engine/cpu/strides.h"

namespace lamina::cpu {

namespace {

bool mapsZeroToZero(const UnaryAttributes& a) {
    return formulas::dispatchUnary(a.kind, [&](auto formula) { return formula.forward(0.0f, static_cast<float>(a.alpha)) == 0.0f; });
}
/// dy = 0 gives 0 for every x = y = 0.
bool backwardKeepsZero(const UnaryAttributes& a) {
    return formulas::dispatchUnary(a.kind, [&](auto formula) { return formula.backward(0.0f, 0.0f, 0.0f, static_cast<float>(a.alpha)) == 0.0f; });
}

std::string implementationOf(const PlanBuilder& builder, Layout layout) {
    return std::string("own loop ") + builder.kernels().name + (layout == Layout::Plain ? "" : std::string(" ") + layoutName(layout));
}

}  // namespace

void lowerUnary(PlanBuilder& builder, const FusedOp& fused) {
    const auto attributes = fused.op.as<UnaryAttributes>();
    const ValueId x = fused.op.inputs[0], y = fused.op.outputs[0];
    const Layout natural = builder.layoutOf(x);
    const Layout layout = mapsZeroToZero(attributes) ? natural : Layout::Plain;
    const Cut cut{physicalCount(builder.shape(y), layout), pointwiseUnit};
    const int from = builder.in(x, layout), to = builder.outOver(y, x, layout);
    builder.addSliced(
        {from, to}, cut.slices(),
        [=, kind = attributes.kind, alpha = static_cast<float>(attributes.alpha)](const RunContext& run, void* const* p, int s) {
            run.kernels.unary(kind, alpha, static_cast<float*>(p[0]) + cut.first(s), static_cast<float*>(p[1]) + cut.first(s), cut.length(s));
        },
        implementationOf(builder, layout), layout == natural ? "" : "f(0) is not 0: needs the plain layout");
}

void lowerUnaryBackward(PlanBuilder& builder, const FusedOp& fused) {
    const auto attributes = fused.op.as<UnaryAttributes>();
    const ValueId x = fused.op.inputs[0], y = fused.op.inputs[1], dy = fused.op.inputs[2], dx = fused.op.outputs[0];
    const Layout layout = backwardKeepsZero(attributes) ? builder.layoutOf(dy) : Layout::Plain;
    const Cut cut{physicalCount(builder.shape(dx), layout), pointwiseUnit};
    const int fromX = builder.in(x, layout), fromY = builder.in(y, layout), fromDy = builder.in(dy, layout), to = builder.outOver(dx, dy, layout);
    builder.addSliced(
        {fromX, fromY, fromDy, to}, cut.slices(),
        [=, kind = attributes.kind, alpha = static_cast<float>(attributes.alpha)](const RunContext& run, void* const* p, int s) {
            const auto from = [&](int i) { return static_cast<float*>(p[i]) + cut.first(s); };
            run.kernels.unaryBackward(kind, alpha, from(0), from(1), from(2), from(3), cut.length(s));
        },
        implementationOf(builder, layout));
}

namespace {

void lowerSameShape(PlanBuilder& builder, const FusedOp& fused, BinaryKind kind) {
    const ValueId a = fused.op.inputs[0], b = fused.op.inputs[1], y = fused.op.outputs[0];
    Layout layout = builder.layoutOf(a) != Layout::Plain ? builder.layoutOf(a) : builder.layoutOf(b);
    if (kind == BinaryKind::Divide) layout = Layout::Plain;
    const Cut cut{physicalCount(builder.shape(y), layout), pointwiseUnit};
    const int fromA = builder.in(a, layout), fromB = builder.in(b, layout), to = builder.outOver(y, a, layout);
    builder.addSliced(
        {fromA, fromB, to}, cut.slices(),
        [=](const RunContext& run, void* const* p, int s) {
            const auto from = [&](int i) { return static_cast<float*>(p[i]) + cut.first(s); };
            run.kernels.binary(kind, from(0), 1, from(1), 1, from(2), cut.length(s));
        },
        implementationOf(builder, layout));
}

/// One number for every channel of a picture, as a bias has.
bool isPerChannel(const Shape& picture, const Shape& numbers) {
    return picture.size() == 4 && numbers.size() >= 3 && numbers[numbers.size() - 3] == picture[1] && elementCount(numbers) == picture[1];
}

/// The picture stays in its blocked layout: the numbers of a block's channels are laid out again and again beside it. Padded channels meet 0 and stay 0.
void lowerPerChannel(PlanBuilder& builder, const FusedOp& fused, BinaryKind kind) {
    constexpr std::int64_t runLength = 1024;
    const ValueId a = fused.op.inputs[0], y = fused.op.outputs[0];
    const Layout layout = builder.layoutOf(a);
    const Planes planes = planesOf(builder.shape(a), layout);
    const std::int64_t channels = builder.shape(a)[1], run = std::min(planes.planeSize(), runLength);
    const int fromA = builder.in(a, layout), fromB = builder.in(fused.op.inputs[1]), to = builder.outOver(y, a, layout);
    const Cut cut{planes.count(), std::max<std::int64_t>(1, pointwiseUnit / planes.planeSize())};
    builder.addSliced(
        {fromA, fromB, to}, cut.slices(),
        [=](const RunContext& context, void* const* p, int s) {
            float numbers[runLength];
            for (std::int64_t plane = cut.first(s); plane < cut.first(s) + cut.length(s); ++plane) {
                const std::int64_t first = plane % planes.groups * planes.lanes;
                for (std::int64_t i = 0; i < run; ++i) {
                    const std::int64_t channel = first + i % planes.lanes;
                    numbers[i] = channel < channels ? static_cast<float*>(p[1])[channel] : 0.0f;
                }
                for (std::int64_t at = 0; at < planes.planeSize(); at += run) {
                    const std::int64_t offset = plane * planes.planeSize() + at;
                    context.kernels.binary(kind, static_cast<float*>(p[0]) + offset, 1, numbers, 1, static_cast<float*>(p[2]) + offset,
                                           std::min(run, planes.planeSize() - at));
                }
            }
        },
        implementationOf(builder, layout) + " per channel");
}

}  // namespace

void lowerBinary(PlanBuilder& builder, const FusedOp& fused) {
    const BinaryKind kind = fused.op.as<BinaryAttributes>().kind;
    const ValueId a = fused.op.inputs[0], b = fused.op.inputs[1], y = fused.op.outputs[0];
    if (builder.shape(a) == builder.shape(b)) return lowerSameShape(builder, fused, kind);
    const bool blocked = builder.layoutOf(a) != Layout::Plain && kind != BinaryKind::Divide;
    if (blocked && isPerChannel(builder.shape(a), builder.shape(b))) return lowerPerChannel(builder, fused, kind);
    const StridedLoop loop({builder.shape(a), builder.shape(b)}, builder.shape(y));
    const int fromA = builder.in(a), fromB = builder.in(b), to = builder.out(y);
    const Cut cut = loop.cut();
    builder.addSliced(
        {fromA, fromB, to}, cut.slices(),
        [=](const RunContext& run, void* const* p, int s) {
            loop.each(cut, s, [&](std::int64_t out, const std::int64_t* offsets, std::int64_t n) {
                run.kernels.binary(kind, static_cast<float*>(p[0]) + offsets[0], loop.innerStride(0), static_cast<float*>(p[1]) + offsets[1],
                                   loop.innerStride(1), static_cast<float*>(p[2]) + out, n);
            });
        },
        implementationOf(builder, Layout::Plain) + " with broadcasting");
}

void lowerBroadcast(PlanBuilder& builder, const FusedOp& fused) {
    const ValueId x = fused.op.inputs[0], y = fused.op.outputs[0];
    const StridedLoop loop({builder.shape(x)}, builder.shape(y));
    const int from = builder.in(x), to = builder.out(y);
    const Cut cut = loop.cut();
    builder.addSliced(
        {from, to}, cut.slices(),
        [=](const RunContext& run, void* const* p, int s) {
            loop.each(cut, s, [&](std::int64_t out, const std::int64_t* offsets, std::int64_t n) {
                run.kernels.copy(static_cast<float*>(p[0]) + offsets[0], loop.innerStride(0), static_cast<float*>(p[1]) + out, n);
            });
        },
        implementationOf(builder, Layout::Plain));
}

void lowerDropout(PlanBuilder& builder, const FusedOp& fused) {
    const auto attributes = fused.op.as<DropoutAttributes>();
    const ValueId x = fused.op.inputs[0], y = fused.op.outputs[0];
    const bool reordered = builder.layoutOf(x) != Layout::Plain;
    const Cut cut{elementCount(builder.shape(y)), pointwiseUnit};
    const int from = builder.in(x), to = builder.outOver(y, x);
    builder.addSliced(
        {from, to}, cut.slices(),
        [=](const RunContext& run, void* const* p, int s) {
            const DropoutNumbers numbers{RandomStream(run.step.seed, attributes.stream, run.step.step), static_cast<float>(attributes.rate),
                                         static_cast<float>(1 / (1 - attributes.rate))};
            run.kernels.dropout(numbers, static_cast<float*>(p[0]) + cut.first(s), static_cast<float*>(p[1]) + cut.first(s), cut.first(s),
                                cut.length(s));
        },
        implementationOf(builder, Layout::Plain) + " Philox", reordered ? "random numbers follow the plain order" : "");
}

void lowerGaussianNoise(PlanBuilder& builder, const FusedOp& fused) {
    const auto attributes = fused.op.as<NoiseAttributes>();
    const ValueId x = fused.op.inputs[0], y = fused.op.outputs[0];
    const Cut cut{elementCount(builder.shape(y)), pointwiseUnit / 4};
    const int from = builder.in(x), to = builder.outOver(y, x);
    builder.addSliced(
        {from, to}, cut.slices(),
        [=, deviation = static_cast<float>(attributes.deviation)](const RunContext& run, void* const* p, int s) {
            const RandomStream stream(run.step.seed, attributes.stream, run.step.step);
            run.kernels.gaussianNoise(stream, deviation, static_cast<float*>(p[0]) + cut.first(s), static_cast<float*>(p[1]) + cut.first(s),
                                      cut.first(s), cut.length(s));
        },
        implementationOf(builder, Layout::Plain) + " Philox");
}

void lowerAllFinite(PlanBuilder& builder, const FusedOp& fused) {
    struct Part {
        std::size_t buffer;
        std::int64_t first, length;
        bool magnitude;
    };
    std::vector<int> list;
    std::vector<Part> parts;
    const auto addParts = [&](ValueId value, bool magnitude) {
        const Layout layout = magnitude ? Layout::Plain : builder.layoutOf(value);
        const Cut cut{physicalCount(builder.shape(value), layout), 4 * pointwiseUnit};
        for (int s = 0; s < cut.slices(); ++s) parts.push_back({list.size(), cut.first(s), cut.length(s), magnitude});
        list.push_back(builder.in(value, layout));
    };
    for (ValueId input : fused.op.inputs) addParts(input, false);
    const std::size_t finiteParts = parts.size();
    std::vector<ProductMarks> products;
    for (const Op& product : fused.products) {
        const std::size_t firstA = parts.size();
        addParts(product.inputs[0], true);
        const std::size_t firstB = parts.size();
        addParts(product.inputs[1], true);
        products.push_back({firstA, firstB, parts.size(), 0});
    }
    const std::size_t buffer = list.size(), firstProduct = parts.size(), lastProduct = firstProduct + products.size();
    const auto count = static_cast<int>(parts.size());
    const int marks = builder.scratch(static_cast<std::int64_t>(lastProduct) * 4);
    list.push_back(marks);
    builder.addSliced(
        list, count,
        [=](const RunContext& run, void* const* p, int s) {
            const Part& part = parts[static_cast<std::size_t>(s)];
            const float* const x = static_cast<float*>(p[part.buffer]) + part.first;
            float& mark = static_cast<float*>(p[buffer])[s];
            mark = part.magnitude ? run.kernels.largestMagnitude(x, part.length) : run.kernels.allFinite(x, part.length) ? 1.0f : 0.0f;
        },
        implementationOf(builder, Layout::Plain));
    for (std::size_t i = 0; i < products.size(); ++i) {
        products[i].result = firstProduct + i;
        addProductCheck(builder, fused.products[i], marks, products[i]);
    }
    builder.addSliced(
        {marks, builder.out(fused.op.outputs[0])}, 1,
        [=](const RunContext&, void* const* p, int) {
            const float* const flags = static_cast<float*>(p[0]);
            const auto finite = [](float f) { return f != 0; };
            const bool all = std::all_of(flags, flags + finiteParts, finite) && std::all_of(flags + firstProduct, flags + lastProduct, finite);
            *static_cast<float*>(p[1]) = all ? 1.0f : 0.0f;
        },
        "all parts");
}

namespace {

/// The updates of many parameters as one loop over all their slices.
class UpdateStep : public Step {
public:
    struct Part {
        std::size_t buffer;  ///< parameter, gradient, m, v stand at buffer … buffer + 3
        std::int64_t first, length;
    };
    UpdateStep(std::vector<int> buffers, std::vector<Part> parts, const OptimizerAttributes& attributes)
        : Step(std::move(buffers)), m_parts(std::move(parts)), m_attributes(attributes) {}

    void run(const RunContext& context) override {
        if (*at(0) == 0) return;
        const auto numbers = formulas::updateNumbers<float>(m_attributes, context.step.learningRate, context.step.step);
        context.pool.run(static_cast<int>(m_parts.size()), [&](int slice, int) {
            const Part& part = m_parts[static_cast<std::size_t>(slice)];
            const auto from = [&](std::size_t i) { return at(part.buffer + i) ? at(part.buffer + i) + part.first : nullptr; };
            context.kernels.update(m_attributes, numbers, from(0), from(1), from(2), from(3), part.length);
        });
    }

private:
    std::vector<Part> m_parts;
    OptimizerAttributes m_attributes;
};

}  // namespace

void lowerUpdates(PlanBuilder& builder, std::span<const FusedOp> updates) {
    const Op& head = updates.front().op;
    std::vector<int> list{builder.in(head.inputs.back())};
    std::vector<UpdateStep::Part> parts;
    for (const FusedOp& update : updates) {
        const auto& inputs = update.op.inputs;
        const Cut cut{elementCount(builder.shape(inputs[0])), pointwiseUnit};
        for (int s = 0; s < cut.slices(); ++s) parts.push_back({list.size(), cut.first(s), cut.length(s)});
        for (std::size_t i = 0; i < 4; ++i) list.push_back(i + 1 < inputs.size() ? builder.in(inputs[i]) : -1);
    }
    const std::string slices = std::to_string(parts.size()) + (parts.size() == 1 ? " slice" : " slices");
    std::string note;
    for (const FusedOp& update : updates)
        if (note.find(update.note) == std::string::npos) note += (note.empty() ? "" : "; ") + update.note;
    builder.add(std::make_unique<UpdateStep>(std::move(list), std::move(parts), head.as<OptimizerAttributes>()),
                implementationOf(builder, Layout::Plain) + ", one pass over " + std::to_string(updates.size()) + " parameters, " + slices, note);
}

}  // namespace lamina::cpu
