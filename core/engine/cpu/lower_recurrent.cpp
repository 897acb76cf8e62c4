// Recurrent layers: the product with the input is one gemm for all times; then every block of items goes through all times by itself, so that
// no two threads wait for each other; the gradients of the weights are one gemm each at the end.
// The reserve holds, one after the other and times outermost: the gates [T,N,G·H], for Lstm the cells and for Gru the recurrent side of the
// hidden gate [T,N,H], and the states before [T,N,H].
#include <algorithm>
#include <cmath>

#include "core/engine/cpu/lowering.h"
#include "core/engine/ops/recurrent.h"

namespace lamina::cpu {

namespace lower_recurrent_parts {

/// Items that go through time together: enough for the product to be quick, few enough to leave work for several threads.
constexpr std::int64_t mostItems = 16, fewestItems = 4;
/// Depth of a pass over the recurrent weights: what all tiles of a block use stays near.
constexpr std::int64_t depth = 256;

float* floats(void* p) { return static_cast<float*>(p); }

struct Sizes {
    RecurrentAttributes attributes;
    std::int64_t batch, times, channels, units, gates;

    Sizes(const PlanBuilder& builder, const Op& op)
        : attributes(op.as<RecurrentAttributes>()),
          batch(builder.shape(op.inputs[0])[0]),
          times(builder.shape(op.inputs[0])[1]),
          channels(builder.shape(op.inputs[0])[2]),
          units(builder.shape(op.inputs[2])[1]),
          gates(recurrentGates(attributes.kind) * units) {}

    bool gru() const { return attributes.kind == RecurrentKind::Gru; }
    std::int64_t steps() const { return batch * times; }
    std::int64_t time(std::int64_t step) const { return attributes.reverse ? times - 1 - step : step; }
    std::int64_t extraAt() const { return steps() * gates; }
    std::int64_t beforeAt() const { return extraAt() + (attributes.kind == RecurrentKind::Simple ? 0 : steps() * units); }
    /// What the gates' gradients take per item and time: for Gru the hidden gate counts twice, on the input's and on the recurrent side.
    std::int64_t gradients() const { return gru() ? 4 * units : gates; }
    Cut items() const { return {batch, evenSize(batch, std::clamp((batch + 1) / 2, fewestItems, mostItems))}; }
};

/// How many times of an item count, from float32 or int32 numbers; all where there are no lengths.
class Lengths {
public:
    Lengths(const PlanBuilder& builder, const Op& op, std::int64_t times)
        : m_times(times), m_whole(op.as<RecurrentAttributes>().lengths && builder.graph().value(op.inputs[5]).type == DType::Int32) {}
    std::int64_t of(const void* lengths, std::int64_t item) const {
        if (!lengths) return m_times;
        return m_whole ? static_cast<const std::int32_t*>(lengths)[item] : std::llround(static_cast<double>(static_cast<const float*>(lengths)[item]));
    }

private:
    std::int64_t m_times;
    bool m_whole;
};

/// [first, second, size] ↔ [second, first, size].
int swapped(PlanBuilder& builder, int from, int to, std::int64_t first, std::int64_t second, std::int64_t size) {
    const Cut cut{second, std::max<std::int64_t>(1, pointwiseUnit / std::max<std::int64_t>(1, first * size))};
    const auto move = [=](const RunContext&, void* const* p, int slice) {
        for (std::int64_t s = cut.first(slice); s < cut.first(slice) + cut.length(slice); ++s)
            for (std::int64_t f = 0; f < first; ++f) std::copy_n(floats(p[0]) + (f * second + s) * size, size, floats(p[1]) + (s * first + f) * size);
    };
    builder.addHelper(std::make_unique<SlicedStep>(std::vector<int>{from, to}, cut.slices(), move), "times outermost");
    return to;
}

/// x[N,T,C] as [T,N,C]; where one of them is 1 they are the same.
int timesOutermost(PlanBuilder& builder, const Sizes& s, int x) {
    if (s.batch == 1 || s.times == 1) return x;
    return swapped(builder, x, builder.scratch(s.steps() * s.channels * 4), s.batch, s.times, s.channels);
}

/// The right side of a product, packed in panels of nr columns; B[k, n] or, transposed, given as [n, k].
struct Panels {
    std::int64_t columns, k;
    bool transposed;
    int nr;
    std::int64_t count() const { return (columns + nr - 1) / nr; }
    std::int64_t size() const { return count() * k * nr; }
    void pack(const Kernels& kernels, const float* b, std::int64_t stride, std::int64_t panel, float* packed) const {
        const int used = static_cast<int>(std::min<std::int64_t>(nr, columns - panel * nr));
        kernels.float32.packB(b + panel * nr * (transposed ? stride : 1), stride, transposed, used, k, packed + panel * k * nr);
    }
};

/// c[rows, columns] (+)= a·B (+ bias) for a few rows; `packedA` takes tiles() tiles of k·mr numbers.
struct BlockProduct {
    const Panels& panels;
    int mr;
    std::int64_t tileRows(std::int64_t rows) const { return evenSize(rows, mr); }

    void packRows(const Kernels& kernels, const float* a, std::int64_t stride, std::int64_t rows, std::int64_t first, std::int64_t k, float* packed) const {
        const std::int64_t height = tileRows(rows);
        for (std::int64_t row = 0; row < rows; row += height, packed += panels.k * mr)
            kernels.float32.packA(a + row * stride, stride, false, static_cast<int>(std::min(height, rows - row)), k, packed + first * mr);
    }

    void run(const Kernels& kernels, const float* packedA, const float* packedB, std::int64_t rows, float* c, std::int64_t strideC, bool accumulate,
             const float* bias) const {
        GemmTile tile;
        tile.strideB = panels.nr;
        tile.strideC = strideC;
        const std::int64_t height = tileRows(rows);
        for (std::int64_t panel = 0; panel < panels.count(); ++panel)
            for (std::int64_t k = 0; k < panels.k; k += depth) {
                const std::int64_t column = panel * panels.nr;
                tile.columns = static_cast<int>(std::min<std::int64_t>(panels.nr, panels.columns - column));
                tile.k = std::min(depth, panels.k - k);
                tile.b = packedB + (panel * panels.k + k) * panels.nr;
                tile.accumulate = accumulate || k > 0;
                tile.bias = bias && k == 0 ? bias + column : nullptr;
                const float* a = packedA + k * mr;
                for (std::int64_t row = 0; row < rows; row += height, a += panels.k * mr) {
                    tile.a = a;
                    tile.rows = static_cast<int>(std::min(height, rows - row));
                    tile.c = c + row * strideC + column;
                    kernels.float32.tile(tile);
                }
            }
    }
};

void addPacking(PlanBuilder& builder, const std::vector<Panels>& parts, const std::vector<std::int64_t>& places, int weights, std::int64_t stride, int packed) {
    std::int64_t count = 0;
    for (const Panels& part : parts) count += part.count();
    const auto pack = [=](const RunContext& run, void* const* p, int panel) {
        float* to = floats(p[1]);
        std::int64_t at = panel;
        std::size_t part = 0;
        for (; at >= parts[part].count(); ++part) {
            at -= parts[part].count();
            to += parts[part].size();
        }
        parts[part].pack(run.kernels, floats(p[0]) + places[part], stride, at, to);
    };
    builder.addHelper(std::make_unique<SlicedStep>(std::vector<int>{weights, packed}, static_cast<int>(count), pack), "recurrent weights in panels");
}

/// Both biases as one for the product with the input; Gru's hidden gate keeps them apart.
int addBiases(PlanBuilder& builder, const Sizes& s, int b, int rb) {
    const int sum = builder.scratch(s.gates * 4);
    const std::int64_t joined = s.gru() ? 2 * s.units : s.gates;
    const auto join = [=, all = s.gates](const RunContext&, void* const* p, int) {
        for (std::int64_t i = 0; i < all; ++i) floats(p[2])[i] = floats(p[0])[i] + (i < joined ? floats(p[1])[i] : 0.0f);
    };
    builder.addHelper(std::make_unique<SlicedStep>(std::vector<int>{b, rb, sum}, 1, join), "biases");
    return sum;
}

std::string implementationOf(const PlanBuilder& builder, const Cut& items) {
    return std::string("own recurrence ") + builder.kernels().name + ", " + std::to_string(items.slices()) + (items.slices() == 1 ? " slice" : " slices");
}

/// One block of items through all times.
class ForwardStep : public Step {
public:
    /// buffers: reserve, packed weights, recurrent biases, lengths, y, packed states per thread, zeros
    ForwardStep(std::vector<int> buffers, const Sizes& sizes, const Lengths& lengths, std::vector<Panels> parts, int mr)
        : Step(std::move(buffers)), m_s(sizes), m_lengths(lengths), m_parts(std::move(parts)), m_mr(mr), m_items(sizes.items()) {}

    static std::int64_t packedSize(const Sizes& s, int mr) {
        const std::int64_t items = s.items().unit;
        return (items + evenSize(items, mr) - 1) / evenSize(items, mr) * s.units * mr;
    }

    void run(const RunContext& context) override {
        std::fill_n(at(6), m_s.units, 0.0f);
        context.pool.run(m_items.slices(), [&](int slice, int worker) {
            float* const packed = at(5) + worker * (PlanBuilder::roundedBytes(packedSize(m_s, m_mr) * 4) / 4);
            const std::int64_t first = m_items.first(slice), count = m_items.length(slice);
            std::fill_n(before(m_s.time(0), first), count * m_s.units, 0.0f);
            for (std::int64_t step = 0; step < m_s.times; ++step) runTime(context.kernels, step, first, count, packed);
        });
    }

private:
    float* gates(std::int64_t t, std::int64_t item) const { return at(0) + (t * m_s.batch + item) * m_s.gates; }
    float* extra(std::int64_t t, std::int64_t item) const { return at(0) + m_s.extraAt() + (t * m_s.batch + item) * m_s.units; }
    float* before(std::int64_t t, std::int64_t item) const { return at(0) + m_s.beforeAt() + (t * m_s.batch + item) * m_s.units; }

    void runTime(const Kernels& kernels, std::int64_t step, std::int64_t first, std::int64_t count, float* packed) const {
        const std::int64_t t = m_s.time(step);
        const BlockProduct product{m_parts[0], m_mr};
        product.packRows(kernels, before(t, first), m_s.units, count, 0, m_s.units, packed);
        product.run(kernels, packed, at(1), count, gates(t, first), m_s.gates, true, nullptr);
        if (m_s.gru())
            BlockProduct{m_parts[1], m_mr}.run(kernels, packed, at(1) + m_parts[0].size(), count, extra(t, first), m_s.units, false, at(2) + 2 * m_s.units);
        for (std::int64_t item = first; item < first + count; ++item) {
            float* const y = at(4) + (item * m_s.times + t) * m_s.units;
            if (t < m_lengths.of(as<void>(3), item)) advance(kernels, step, item, y);
            else stop(t, item, y);
            if (step + 1 < m_s.times) std::copy_n(y, m_s.units, before(m_s.time(step + 1), item));
        }
    }

    void advance(const Kernels& kernels, std::int64_t step, std::int64_t item, float* y) const {
        const std::int64_t t = m_s.time(step);
        RecurrentCell cell;
        cell.units = m_s.units;
        cell.gates = gates(t, item);
        cell.extra = extra(t, item);
        cell.extraBefore = step > 0 ? extra(m_s.time(step - 1), item) : at(6);
        cell.before = before(t, item);
        cell.h = y;
        kernels.recurrentForward(cell, m_s.attributes.kind, m_s.attributes.relu);
    }

    void stop(std::int64_t t, std::int64_t item, float* y) const {
        std::fill_n(gates(t, item), m_s.gates, 0.0f);
        if (m_s.attributes.kind != RecurrentKind::Simple) std::fill_n(extra(t, item), m_s.units, 0.0f);
        std::fill_n(before(t, item), m_s.units, 0.0f);
        std::fill_n(y, m_s.units, 0.0f);
    }

    const Sizes m_s;
    const Lengths m_lengths;
    const std::vector<Panels> m_parts;
    const int m_mr;
    const Cut m_items;
};

void lowerForward(PlanBuilder& builder, const FusedOp& fused) {
    const Op& op = fused.op;
    const Sizes s(builder, op);
    const Kernels& kernels = builder.kernels();
    const int x = timesOutermost(builder, s, builder.in(op.inputs[0])), r = builder.in(op.inputs[2]), rb = builder.in(op.inputs[4]);
    const int bias = addBiases(builder, s, builder.in(op.inputs[3]), rb);
    const int reserve = builder.out(op.outputs[1]);
    addProduct(builder, {.a = x, .b = builder.in(op.inputs[1]), .c = reserve, .bias = bias},
               {s.steps(), s.gates, s.channels, false, true, s.channels, s.channels});
    std::vector<Panels> parts{{s.gru() ? 2 * s.units : s.gates, s.units, true, kernels.nr}};
    if (s.gru()) parts.push_back({s.units, s.units, true, kernels.nr});
    const int panels = builder.scratch((parts.front().size() + (s.gru() ? parts.back().size() : 0)) * 4);
    addPacking(builder, parts, {0, 2 * s.units * s.units}, r, s.units, panels);
    const int lengths = s.attributes.lengths ? builder.in(op.inputs[5]) : -1, y = builder.out(op.outputs[0]);
    const int states = builder.scratchPerThread(ForwardStep::packedSize(s, kernels.mr) * 4), zeros = builder.scratch(s.units * 4);
    builder.add(std::make_unique<ForwardStep>(std::vector<int>{reserve, panels, rb, lengths, y, states, zeros}, s, Lengths(builder, op, s.times), parts,
                                              kernels.mr),
                implementationOf(builder, s.items()));
}

/// One block of items from the last step back to the first: the gates' gradients.
class BackwardStep : public Step {
public:
    /// buffers: reserve, packed weights, lengths, dy, gradients, dh, dc, packed gradients per thread, zeros
    BackwardStep(std::vector<int> buffers, const Sizes& sizes, const Lengths& lengths, const Panels& panels, int mr)
        : Step(std::move(buffers)), m_s(sizes), m_lengths(lengths), m_panels(panels), m_mr(mr), m_items(sizes.items()) {}

    static std::int64_t packedSize(const Sizes& s, int mr) {
        const std::int64_t items = s.items().unit;
        return (items + evenSize(items, mr) - 1) / evenSize(items, mr) * s.gates * mr;
    }

    void run(const RunContext& context) override {
        std::fill_n(at(8), m_s.units, 0.0f);
        context.pool.run(m_items.slices(), [&](int slice, int worker) {
            float* const packed = at(7) + worker * (PlanBuilder::roundedBytes(packedSize(m_s, m_mr) * 4) / 4);
            const std::int64_t first = m_items.first(slice), count = m_items.length(slice);
            std::fill_n(at(5) + first * m_s.units, count * m_s.units, 0.0f);
            if (at(6)) std::fill_n(at(6) + first * m_s.units, count * m_s.units, 0.0f);
            for (std::int64_t step = m_s.times - 1; step >= 0; --step) runTime(context.kernels, step, first, count, packed);
        });
    }

private:
    std::int64_t place(std::int64_t t, std::int64_t item) const { return t * m_s.batch + item; }
    float* extra(std::int64_t t, std::int64_t item) const { return at(0) + m_s.extraAt() + place(t, item) * m_s.units; }
    float* gradients(std::int64_t t, std::int64_t item) const { return at(4) + place(t, item) * m_s.gradients(); }

    void runTime(const Kernels& kernels, std::int64_t step, std::int64_t first, std::int64_t count, float* packed) const {
        const std::int64_t t = m_s.time(step), width = m_s.gradients();
        for (std::int64_t item = first; item < first + count; ++item)
            if (t < m_lengths.of(as<void>(2), item)) goBack(kernels, step, item);
            else stop(t, item);
        if (step == 0) return;
        const BlockProduct product{m_panels, m_mr};
        const std::int64_t joined = m_s.gru() ? 2 * m_s.units : m_s.gates;
        product.packRows(kernels, gradients(t, first), width, count, 0, joined, packed);
        if (m_s.gru()) product.packRows(kernels, gradients(t, first) + 3 * m_s.units, width, count, joined, m_s.units, packed);
        product.run(kernels, packed, at(1), count, at(5) + first * m_s.units, m_s.units, m_s.gru(), nullptr);
    }

    void goBack(const Kernels& kernels, std::int64_t step, std::int64_t item) const {
        const std::int64_t t = m_s.time(step);
        RecurrentCell cell;
        cell.units = m_s.units;
        cell.gates = at(0) + place(t, item) * m_s.gates;
        cell.extra = extra(t, item);
        cell.extraBefore = step > 0 ? extra(m_s.time(step - 1), item) : at(8);
        cell.before = at(0) + m_s.beforeAt() + place(t, item) * m_s.units;
        cell.dy = at(3) + (item * m_s.times + t) * m_s.units;
        cell.dh = at(5) + item * m_s.units;
        cell.dc = at(6) ? at(6) + item * m_s.units : nullptr;
        cell.dGates = gradients(t, item);
        kernels.recurrentBackward(cell, m_s.attributes.kind, m_s.attributes.relu);
    }

    void stop(std::int64_t t, std::int64_t item) const {
        std::fill_n(gradients(t, item), m_s.gradients(), 0.0f);
        std::fill_n(at(5) + item * m_s.units, m_s.units, 0.0f);
        if (at(6)) std::fill_n(at(6) + item * m_s.units, m_s.units, 0.0f);
    }

    const Sizes m_s;
    const Lengths m_lengths;
    const Panels m_panels;
    const int m_mr;
    const Cut m_items;
};

/// db and drb: the gradients of the gates, summed over items and times.
void addBiasSums(PlanBuilder& builder, const Sizes& s, int gradients, int db, int drb) {
    constexpr std::int64_t columnUnit = 64;
    const Cut cut{s.gradients(), columnUnit};
    const std::int64_t inputSide = s.gates, joined = s.gru() ? 2 * s.units : s.gates, shift = s.gradients() - s.gates;
    const auto sum = [=, rows = s.steps()](const RunContext& run, void* const* p, int slice) {
        double sums[columnUnit];
        run.kernels.columnSums(floats(p[0]) + cut.first(slice), rows, cut.total, cut.length(slice), sums);
        for (std::int64_t i = 0; i < cut.length(slice); ++i) {
            const std::int64_t column = cut.first(slice) + i;
            const float total = static_cast<float>(sums[i]);
            if (column < inputSide) floats(p[1])[column] = total;
            if (column < joined) floats(p[2])[column] = total;
            else if (column >= inputSide) floats(p[2])[column - shift] = total;
        }
    };
    builder.addHelper(std::make_unique<SlicedStep>(std::vector<int>{gradients, db, drb}, cut.slices(), sum), "column sums");
}

void addInputGradient(PlanBuilder& builder, const Sizes& s, int gradients, int w, int dx) {
    const bool swap = s.batch > 1 && s.times > 1;
    const int product = swap ? builder.scratch(s.steps() * s.channels * 4) : dx;
    addProduct(builder, {.a = gradients, .b = w, .c = product}, {s.steps(), s.channels, s.gates, false, false, s.gradients(), s.channels});
    if (swap) swapped(builder, product, dx, s.times, s.batch, s.channels);
}

void lowerBackward(PlanBuilder& builder, const FusedOp& fused) {
    const auto &in = fused.op.inputs, &out = fused.op.outputs;
    const Sizes s(builder, fused.op);
    const Kernels& kernels = builder.kernels();
    const int reserve = builder.in(in[3]), dy = builder.in(in[4]), lengths = s.attributes.lengths ? builder.in(in[5]) : -1;
    const Panels panels{s.units, s.gates, false, kernels.nr};
    const int packed = builder.scratch(panels.size() * 4);
    addPacking(builder, {panels}, {0}, builder.in(in[2]), s.units, packed);
    const int gradients = builder.scratch(s.steps() * s.gradients() * 4), dh = builder.scratch(s.batch * s.units * 4);
    const int dc = s.attributes.kind == RecurrentKind::Lstm ? builder.scratch(s.batch * s.units * 4) : -1;
    const int states = builder.scratchPerThread(BackwardStep::packedSize(s, kernels.mr) * 4), zeros = builder.scratch(s.units * 4);
    builder.add(std::make_unique<BackwardStep>(std::vector<int>{reserve, packed, lengths, dy, gradients, dh, dc, states, zeros}, s,
                                               Lengths(builder, fused.op, s.times), panels, kernels.mr),
                implementationOf(builder, s.items()));
    const int x = timesOutermost(builder, s, builder.in(in[0])), dr = builder.out(out[2]);
    const std::int64_t joined = s.gru() ? 2 * s.units : s.gates, width = s.gradients();
    addProduct(builder, {.a = gradients, .b = x, .c = builder.out(out[1])}, {s.gates, s.channels, s.steps(), true, false, width, s.channels});
    addProduct(builder, {.a = gradients, .b = reserve, .c = dr, .offsetB = s.beforeAt()}, {joined, s.units, s.steps(), true, false, width, s.units});
    if (s.gru())
        addProduct(builder, {.a = gradients, .b = reserve, .c = dr, .offsetA = 3 * s.units, .offsetB = s.beforeAt(), .offsetC = joined * s.units},
                   {s.units, s.units, s.steps(), true, false, width, s.units});
    addBiasSums(builder, s, gradients, builder.out(out[3]), builder.out(out[4]));
    if (builder.isRead(out[0])) addInputGradient(builder, s, gradients, builder.in(in[1]), builder.out(out[0]));
}

}  // namespace lower_recurrent_parts

void lowerRecurrent(PlanBuilder& builder, const FusedOp& fused) {
    using namespace lower_recurrent_parts;
    if (fused.op.kind == OpKind::Recurrent) return lowerForward(builder, fused);
    lowerBackward(builder, fused);
}

}  // namespace lamina::cpu
