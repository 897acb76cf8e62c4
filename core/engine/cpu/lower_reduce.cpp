// Sums, means and maxima over axes. Neighbouring axes that are all summed or all kept are joined first.
#include <algorithm>
#include <limits>

#include "core/engine/cpu/lowering.h"

namespace lamina::cpu {

namespace {

struct Axis {
    std::int64_t size, stride;
    bool summed;
};

/// Innermost first, sizes of 1 dropped.
std::vector<Axis> joinedAxes(const Shape& x, const ReduceAttributes& a) {
    std::vector<Axis> axes;
    std::int64_t stride = 1;
    for (std::size_t i = x.size(); i-- > 0; stride *= x[i]) {
        const bool summed = a.axes.empty() || std::find(a.axes.begin(), a.axes.end(), static_cast<std::int64_t>(i)) != a.axes.end();
        if (x[i] == 1) continue;
        if (!axes.empty() && axes.back().summed == summed) axes.back().size *= x[i];
        else axes.push_back({x[i], stride, summed});
    }
    return axes;
}

/// Counts through some axes: position i of their product, as an offset in x.
class Odometer {
public:
    void add(const Axis& axis) { m_axes.push_back(axis); }
    std::int64_t count() const {
        std::int64_t count = 1;
        for (const Axis& axis : m_axes) count *= axis.size;
        return count;
    }
    std::int64_t offset(std::int64_t i) const {
        std::int64_t offset = 0;
        for (const Axis& axis : m_axes) {
            offset += i % axis.size * axis.stride;
            i /= axis.size;
        }
        return offset;
    }

private:
    std::vector<Axis> m_axes;
};

struct Plan {
    Odometer kept, summed;
    std::int64_t inner = 1;
    bool innerSummed = true;
    double factor = 1;
};

Plan planOf(const Shape& x, const ReduceAttributes& a) {
    Plan plan;
    const auto axes = joinedAxes(x, a);
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (i == 0) {
            plan.inner = axes[0].size;
            plan.innerSummed = axes[0].summed;
        } else {
            (axes[i].summed ? plan.summed : plan.kept).add(axes[i]);
        }
    }
    const std::int64_t terms = plan.summed.count() * (plan.innerSummed ? plan.inner : 1);
    if (a.kind == ReduceKind::Mean) plan.factor = 1 / static_cast<double>(std::max<std::int64_t>(1, terms));
    return plan;
}

/// Runs of neighbours are summed. Few results: their runs are shared out in parts, added in order at the end.
void lowerRuns(PlanBuilder& builder, const Plan& plan, int from, int to) {
    constexpr std::int64_t manyResults = 16, mostParts = 64;
    const std::int64_t results = plan.kept.count(), chunk = std::min<std::int64_t>(plan.inner, pointwiseUnit);
    const Cut chunks{plan.inner, std::max<std::int64_t>(1, chunk)};
    const std::int64_t pieces = plan.summed.count() * chunks.slices();
    const std::int64_t parts = results >= manyResults ? 1 : std::min(pieces, mostParts);
    const int partial = builder.scratch(results * parts * static_cast<std::int64_t>(sizeof(double)));
    const Cut work{results * parts, std::max<std::int64_t>(1, pointwiseUnit * parts / std::max<std::int64_t>(1, pieces * chunk))};
    builder.addSliced(
        {from, partial}, work.slices(),
        [=](const RunContext& run, void* const* p, int slice) {
            for (std::int64_t unit = work.first(slice); unit < work.first(slice) + work.length(slice); ++unit) {
                const float* const x = static_cast<float*>(p[0]) + plan.kept.offset(unit / parts);
                double total = 0;
                for (std::int64_t piece = unit % parts; piece < pieces; piece += parts) {
                    const auto c = static_cast<int>(piece % chunks.slices());
                    total += run.kernels.sum(x + plan.summed.offset(piece / chunks.slices()) + chunks.first(c), chunks.length(c));
                }
                static_cast<double*>(p[1])[unit] = total;
            }
        },
        "own sums");
    builder.addSliced(
        {partial, to}, 1,
        [=](const RunContext&, void* const* p, int) {
            for (std::int64_t r = 0; r < results; ++r) {
                double total = 0;
                for (std::int64_t part = 0; part < parts; ++part) total += static_cast<double*>(p[0])[r * parts + part];
                static_cast<float*>(p[1])[r] = static_cast<float>(total * plan.factor);
            }
        },
        "sum of parts");
}

/// Rows of results are summed column by column.
void lowerColumns(PlanBuilder& builder, const Plan& plan, int from, int to) {
    constexpr std::int64_t columnUnit = 256;
    const std::int64_t outer = plan.kept.count(), rows = plan.summed.count();
    const Cut columns{plan.inner, std::min(columnUnit, plan.inner)};
    const bool oneRowAxis = rows <= 1 || plan.summed.offset(rows - 1) == (rows - 1) * plan.summed.offset(1);
    const std::int64_t stride = rows > 1 ? plan.summed.offset(1) : 0;
    builder.addSliced(
        {from, to}, static_cast<int>(outer * columns.slices()),
        [=](const RunContext& run, void* const* p, int slice) {
            const std::int64_t o = slice / columns.slices();
            const int c = slice % columns.slices();
            const float* const x = static_cast<float*>(p[0]) + plan.kept.offset(o) + columns.first(c);
            double sums[columnUnit] = {}, more[columnUnit];
            if (oneRowAxis) run.kernels.columnSums(x, rows, stride, columns.length(c), sums);
            for (std::int64_t r = 0; !oneRowAxis && r < rows; ++r) {
                run.kernels.columnSums(x + plan.summed.offset(r), 1, 0, columns.length(c), more);
                for (std::int64_t i = 0; i < columns.length(c); ++i) sums[i] += more[i];
            }
            float* const y = static_cast<float*>(p[1]) + o * plan.inner + columns.first(c);
            for (std::int64_t i = 0; i < columns.length(c); ++i) y[i] = static_cast<float>(sums[i] * plan.factor);
        },
        "own column sums");
}

/// Every result on its own: runs of neighbours where the innermost axis goes, else rows of results raised by row after row.
void lowerMaximum(PlanBuilder& builder, const Plan& plan, int from, int to) {
    const std::int64_t rows = plan.summed.count(), terms = std::max<std::int64_t>(1, rows * plan.inner);
    const Cut cut{plan.kept.count(), std::max<std::int64_t>(1, pointwiseUnit / terms)};
    builder.addSliced(
        {from, to}, cut.slices(),
        [=](const RunContext& run, void* const* p, int slice) {
            const std::int64_t width = plan.innerSummed ? 1 : plan.inner;
            for (std::int64_t r = cut.first(slice); r < cut.first(slice) + cut.length(slice); ++r) {
                const float* const x = static_cast<float*>(p[0]) + plan.kept.offset(r);
                float* const y = static_cast<float*>(p[1]) + r * width;
                std::fill_n(y, width, -std::numeric_limits<float>::infinity());
                for (std::int64_t row = 0; row < rows; ++row) {
                    const float* const part = x + plan.summed.offset(row);
                    const float top = plan.innerSummed ? run.kernels.largest(part, plan.inner) : 0;
                    run.kernels.raiseTo(y, plan.innerSummed ? &top : part, width);
                }
            }
        },
        "own maxima");
}

}  // namespace

namespace {

/// Sums over the places of interleaved channels, in parts short enough for float32.
void lowerLanes(PlanBuilder& builder, ValueId x, ValueId y, double factor, Layout layout) {
    constexpr std::int64_t part = 256, mostLanes = 16;
    const Planes planes = planesOf(builder.shape(x), layout);
    const std::int64_t channels = builder.shape(x)[1];
    const Cut cut{planes.count(), std::max<std::int64_t>(1, pointwiseUnit / std::max<std::int64_t>(1, planes.planeSize()))};
    const int from = builder.in(x, layout), to = builder.out(y);
    builder.addSliced(
        {from, to}, cut.slices(),
        [=](const RunContext& run, void* const* p, int slice) {
            for (std::int64_t plane = cut.first(slice); plane < cut.first(slice) + cut.length(slice); ++plane) {
                const float* const numbers = static_cast<float*>(p[0]) + plane * planes.planeSize();
                double totals[mostLanes] = {};
                for (std::int64_t place = 0; place < planes.places; place += part) {
                    float sums[mostLanes] = {};
                    run.kernels.laneSums(numbers + place * planes.lanes, std::min(part, planes.places - place), planes.lanes, sums);
                    for (std::int64_t lane = 0; lane < planes.lanes; ++lane) totals[lane] += static_cast<double>(sums[lane]);
                }
                const std::int64_t channel = plane % planes.groups * planes.lanes, used = std::min(planes.lanes, channels - channel);
                float* const result = static_cast<float*>(p[1]) + plane / planes.groups * channels + channel;
                for (std::int64_t lane = 0; lane < used; ++lane) result[lane] = static_cast<float>(totals[lane] * factor);
            }
        },
        std::string("own sums ") + layoutName(layout));
}

bool isOverPlaces(const ReduceAttributes& a) {
    return a.kind != ReduceKind::Maximum && (a.axes == std::vector<std::int64_t>{2, 3} || a.axes == std::vector<std::int64_t>{3, 2});
}

}  // namespace

void lowerReduce(PlanBuilder& builder, const FusedOp& fused) {
    const ValueId x = fused.op.inputs[0], y = fused.op.outputs[0];
    const auto& attributes = fused.op.as<ReduceAttributes>();
    if (const Layout layout = builder.layoutOf(x); layout != Layout::Plain && isOverPlaces(attributes)) {
        const Shape& shape = builder.shape(x);
        const double places = static_cast<double>(std::max<std::int64_t>(1, shape[2] * shape[3]));
        return lowerLanes(builder, x, y, attributes.kind == ReduceKind::Mean ? 1 / places : 1, layout);
    }
    const Plan plan = planOf(builder.shape(x), fused.op.as<ReduceAttributes>());
    const int from = builder.in(x), to = builder.out(y);
    if (fused.op.as<ReduceAttributes>().kind == ReduceKind::Maximum) lowerMaximum(builder, plan, from, to);
    else if (plan.innerSummed) lowerRuns(builder, plan, from, to);
    else lowerColumns(builder, plan, from, to);
}

}  // namespace lamina::cpu
