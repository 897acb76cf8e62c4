// Layer normalisation: rows are independent; what gamma and beta get is summed per part of the rows, then in order.
#include <algorithm>

#include "core/engine/cpu/lowering.h"

namespace lamina::cpu {

namespace lower_layer_norm_parts {

constexpr std::int64_t wantedParts = 8, columnUnit = 256;

float* floats(void* p) { return static_cast<float*>(p); }

Cut rowCut(const Shape& x) { return {x[0], std::max<std::int64_t>(1, pointwiseUnit / 4 / std::max<std::int64_t>(1, x[1]))}; }

std::string implementationOf(const PlanBuilder& builder) { return std::string("own rows ") + builder.kernels().name; }

void lowerForward(PlanBuilder& builder, const FusedOp& fused) {
    const auto a = fused.op.as<LayerNormAttributes>();
    const auto& in = fused.op.inputs;
    const Shape& shape = builder.shape(in[0]);
    const Cut cut = rowCut(shape);
    const int x = builder.in(in[0]), gamma = in.size() > 1 ? builder.in(in[1]) : -1, beta = in.size() > 2 ? builder.in(in[2]) : -1;
    const int mean = builder.out(fused.op.outputs[1]), rstd = builder.out(fused.op.outputs[2]), y = builder.outOver(fused.op.outputs[0], in[0]);
    builder.addSliced(
        {x, gamma, beta, mean, rstd, y}, cut.slices(),
        [=, size = shape[1]](const RunContext& run, void* const* p, int slice) {
            for (std::int64_t row = cut.first(slice); row < cut.first(slice) + cut.length(slice); ++row)
                run.kernels.layerNorm({floats(p[0]) + row * size, floats(p[1]), floats(p[2]), floats(p[3]) + row, floats(p[4]) + row, size}, a.epsilon,
                                      a.centered, floats(p[5]) + row * size);
        },
        implementationOf(builder));
}

/// Sums over parts of the rows and blocks of columns, then the parts in order.
void addParameterSums(PlanBuilder& builder, const Shape& shape, const std::vector<int>& given, int dgamma, int dbeta) {
    const Cut parts{shape[0], std::max<std::int64_t>(1, (shape[0] + wantedParts - 1) / wantedParts)}, columns{shape[1], columnUnit};
    const std::int64_t size = shape[1];
    const int sums = builder.scratch(2 * parts.slices() * size * static_cast<std::int64_t>(sizeof(double)));
    std::vector<int> read = given;
    read.push_back(sums);
    builder.addSliced(
        std::move(read), parts.slices() * columns.slices(),
        [=](const RunContext& run, void* const* p, int slice) {
            const int part = slice / columns.slices(), block = slice % columns.slices();
            const std::int64_t row = parts.first(part), column = columns.first(block), at = row * size + column;
            double* const to = static_cast<double*>(p[4]) + 2 * part * size + column;
            run.kernels.layerNormSums(floats(p[0]) + at, floats(p[1]) + at, floats(p[2]) + row, floats(p[3]) + row, parts.length(part), size,
                                      columns.length(block), to, to + size);
        },
        std::string("own column sums ") + builder.kernels().name);
    builder.addSliced(
        {sums, dgamma, dbeta}, 1,
        [=](const RunContext&, void* const* p, int) {
            for (int which = 0; which < 2; ++which)
                for (std::int64_t c = 0; p[1 + which] && c < size; ++c) {
                    double total = 0;
                    for (int part = 0; part < parts.slices(); ++part) total += static_cast<double*>(p[0])[(2 * part + which) * size + c];
                    floats(p[1 + which])[c] = static_cast<float>(total);
                }
        },
        "sum of parts");
}

void lowerBackward(PlanBuilder& builder, const FusedOp& fused) {
    const auto a = fused.op.as<LayerNormAttributes>();
    const auto &in = fused.op.inputs, &out = fused.op.outputs;
    const Shape& shape = builder.shape(in[0]);
    const Cut cut = rowCut(shape);
    const int x = builder.in(in[0]), dy = builder.in(in[1]), mean = builder.in(in[2]), rstd = builder.in(in[3]);
    const int gamma = in.size() > 4 ? builder.in(in[4]) : -1;
    if (out.size() > 1) addParameterSums(builder, shape, {x, dy, mean, rstd}, builder.out(out[1]), out.size() > 2 ? builder.out(out[2]) : -1);
    builder.addSliced(
        {x, dy, mean, rstd, gamma, builder.outOver(out[0], in[1])}, cut.slices(),
        [=, size = shape[1]](const RunContext& run, void* const* p, int slice) {
            for (std::int64_t row = cut.first(slice); row < cut.first(slice) + cut.length(slice); ++row)
                run.kernels.layerNormBackward({floats(p[0]) + row * size, floats(p[4]), nullptr, floats(p[2]) + row, floats(p[3]) + row, size},
                                              floats(p[1]) + row * size, a.centered, floats(p[5]) + row * size);
        },
        implementationOf(builder));
}

}  // namespace lower_layer_norm_parts

void lowerLayerNorm(PlanBuilder& builder, const FusedOp& fused) {
    using namespace lower_layer_norm_parts;
    if (fused.op.kind == OpKind::LayerNorm) return lowerForward(builder, fused);
    lowerBackward(builder, fused);
}

}  // namespace lamina::cpu
