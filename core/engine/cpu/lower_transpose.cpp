// Transpose: axes that stay neighbours are joined; then rows are copied, or tiles of a matrix turned.
#include <algorithm>
#include <cstring>

#include "core/engine/cpu/lowering.h"

namespace lamina::cpu {

namespace lower_transpose_parts {

struct Axis {
    std::int64_t size, from, to;  ///< steps in x and in y
};

/// The axes of y, outermost first; sizes of 1 dropped, what is one axis in both joined.
std::vector<Axis> joinedAxes(const Shape& x, const std::vector<std::int64_t>& order) {
    std::vector<std::int64_t> steps(x.size(), 1);
    for (std::size_t axis = x.size(); axis-- > 1;) steps[axis - 1] = steps[axis] * x[axis];
    std::vector<Axis> axes;
    std::int64_t to = 1;
    for (std::size_t i = order.size(); i-- > 0;) {
        const auto axis = static_cast<std::size_t>(order[i]);
        if (x[axis] == 1) continue;
        if (!axes.empty() && steps[axis] == axes.back().from * axes.back().size) axes.back().size *= x[axis];
        else axes.push_back({x[axis], steps[axis], to});
        to *= x[axis];
    }
    std::reverse(axes.begin(), axes.end());
    return axes;
}

/// Where position i of the product of some axes lies in x and in y.
class Places {
public:
    explicit Places(std::vector<Axis> axes) : m_axes(std::move(axes)) {}
    std::int64_t count() const {
        std::int64_t count = 1;
        for (const Axis& axis : m_axes) count *= axis.size;
        return count;
    }
    std::pair<std::int64_t, std::int64_t> at(std::int64_t i) const {
        std::int64_t from = 0, to = 0;
        for (std::size_t a = m_axes.size(); a-- > 0; i /= m_axes[a].size) {
            const std::int64_t place = i % m_axes[a].size;
            from += place * m_axes[a].from;
            to += place * m_axes[a].to;
        }
        return {from, to};
    }

private:
    std::vector<Axis> m_axes;
};

void lowerRowCopies(PlanBuilder& builder, std::vector<Axis> axes, int from, int to) {
    const std::int64_t inner = axes.empty() ? 1 : axes.back().size;
    if (!axes.empty()) axes.pop_back();
    const Places rows(std::move(axes));
    const Cut cut{rows.count(), std::max<std::int64_t>(1, pointwiseUnit / std::max<std::int64_t>(1, inner))};
    builder.addSliced(
        {from, to}, cut.slices(),
        [=](const RunContext&, void* const* p, int slice) {
            for (std::int64_t row = cut.first(slice); row < cut.first(slice) + cut.length(slice); ++row) {
                const auto [x, y] = rows.at(row);
                std::memcpy(static_cast<float*>(p[1]) + y, static_cast<float*>(p[0]) + x, static_cast<std::size_t>(inner) * sizeof(float));
            }
        },
        "rows copied");
}

/// The innermost axes of x and of y span a matrix, for every place of the other axes.
void lowerTiles(PlanBuilder& builder, std::vector<Axis> axes, int from, int to) {
    constexpr std::int64_t tileRows = 128, tileColumns = 64;
    const Axis row = axes.back();
    axes.pop_back();
    const auto innermost = std::find_if(axes.begin(), axes.end(), [](const Axis& axis) { return axis.from == 1; });
    const Axis column = *innermost;
    axes.erase(innermost);
    const Cut rows{row.size, tileRows}, columns{column.size, tileColumns};
    axes.push_back({rows.slices(), tileRows * row.from, tileRows});
    axes.push_back({columns.slices(), tileColumns, tileColumns * column.to});
    const Places tiles(std::move(axes));
    const std::int64_t tile = std::min(tileRows, row.size) * std::min(tileColumns, column.size);
    const Cut cut{tiles.count(), std::max<std::int64_t>(1, pointwiseUnit / std::max<std::int64_t>(1, tile))};
    builder.addSliced(
        {from, to}, cut.slices(),
        [=](const RunContext& run, void* const* p, int slice) {
            for (std::int64_t t = cut.first(slice); t < cut.first(slice) + cut.length(slice); ++t) {
                const auto [x, y] = tiles.at(t);
                const auto c = static_cast<int>(t % columns.slices()), r = static_cast<int>(t / columns.slices() % rows.slices());
                run.kernels.transpose(static_cast<float*>(p[0]) + x, row.from, rows.length(r), columns.length(c), static_cast<float*>(p[1]) + y,
                                      column.to);
            }
        },
        std::string("own tiles ") + builder.kernels().name);
}

}  // namespace lower_transpose_parts

void lowerTranspose(PlanBuilder& builder, const FusedOp& fused) {
    using namespace lower_transpose_parts;
    const ValueId x = fused.op.inputs[0], y = fused.op.outputs[0];
    auto axes = joinedAxes(builder.shape(x), fused.op.as<TransposeAttributes>().axes);
    if (axes.size() <= 1) return builder.alias(y, x);
    const int from = builder.in(x), to = builder.out(y);
    if (axes.back().from == 1) lowerRowCopies(builder, std::move(axes), from, to);
    else lowerTiles(builder, std::move(axes), from, to);
}

}  // namespace lamina::cpu
