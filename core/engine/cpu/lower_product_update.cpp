// Gradients that are matrix products, for parameters that are updated at once: a block of the gradient is made in a thread's own memory
// and used there, so that the gradient never goes to memory.
#include <algorithm>
#include <array>
#include <limits>

#include "core/engine/cpu/gemm_shape.h"
#include "core/engine/cpu/lowering.h"

namespace lamina::cpu {

namespace {

/// Numbers of B that a block's panels may hold: they stay in a core's second cache.
constexpr std::int64_t blockOperand = 65536;
constexpr double blockFlops = 2e6;

/// A block of the gradient. A row's numbers stand `stride` apart from the next one's.
struct GradientBlock {
    std::int64_t row, column, rows, columns;
    const float* numbers;
    std::int64_t stride;
};

/// How the gradient is cut: blocks of `blockTiles` tiles by `blockPanels` panels. A function of the shape and the micro-kernel alone.
struct ProductCut : GemmShape {
    ProductCut(const Graph& graph, const Op& product, const Kernels& kernels)
        : GemmShape(gemmShape(graph, product)),
          products(kernels.products(product.as<GemmAttributes>().precision)),
          places(products.places(k)),
          mr(kernels.mr),
          nr(kernels.nr),
          tiles((m + mr - 1) / mr),
          panels((n + nr - 1) / nr) {
        blockPanels = evenSize(panels, std::clamp<std::int64_t>(blockOperand / panelSize(), 1, panels));
        const double rowFlops = 2.0 * static_cast<double>(k * mr * blockColumns());
        blockTiles = evenSize(tiles, std::clamp<std::int64_t>(static_cast<std::int64_t>(blockFlops / rowFlops), 1, tiles));
    }

    std::int64_t tileSize() const { return places * mr; }
    std::int64_t panelSize() const { return places * nr; }
    std::int64_t blockRows() const { return blockTiles * mr; }
    std::int64_t blockColumns() const { return blockPanels * nr; }
    std::int64_t rowBlocks() const { return (tiles + blockTiles - 1) / blockTiles; }
    int blocks() const { return static_cast<int>(rowBlocks() * ((panels + blockPanels - 1) / blockPanels)); }
    int rowsOf(std::int64_t tile) const { return static_cast<int>(std::min<std::int64_t>(mr, m - tile * mr)); }
    int columnsOf(std::int64_t panel) const { return static_cast<int>(std::min<std::int64_t>(nr, n - panel * nr)); }

    const ProductKernels& products;  ///< of the device's kernels, which live as long as the program
    std::int64_t places;             ///< of k in a packed operand
    int mr, nr;
    std::int64_t tiles, panels, blockTiles = 1, blockPanels = 1;
};

/// buffers: A, B, packed A, packed B, block per thread; then those of the step that uses the blocks.
class ProductStep : public Step {
public:
    ProductStep(std::vector<int> buffers, const ProductCut& cut) : Step(std::move(buffers)), m_cut(cut) {}

    static std::vector<int> buffersFor(PlanBuilder& builder, const Op& product, const ProductCut& cut) {
        return {builder.in(product.inputs[0]), builder.in(product.inputs[1]), builder.scratch(cut.tiles * cut.tileSize() * 4),
                builder.scratch(cut.panels * cut.panelSize() * 4), builder.scratchPerThread(cut.blockRows() * cut.blockColumns() * 4)};
    }

protected:
    /// Calls use(block number, block) for every block, on all threads. `soon`: what use() reads and writes at the block's place.
    template <class Use>
    void eachBlock(const RunContext& context, const std::array<float*, 3>& soon, Use&& use) const {
        const Cut packing{m_cut.tiles + m_cut.panels, std::max<std::int64_t>(1, pointwiseUnit / m_cut.panelSize())};
        context.pool.run(packing.slices(), [&](int slice, int) {
            for (auto i = packing.first(slice); i < packing.first(slice) + packing.length(slice); ++i)
                i < m_cut.tiles ? packTile(i) : packPanel(i - m_cut.tiles);
        });
        context.pool.run(m_cut.blocks(), [&](int slice, int worker) { use(slice, makeBlock(soon, slice, worker)); });
    }

    const ProductCut m_cut;

private:
    void packTile(std::int64_t tile) const {
        const float* const a = at(0) + tile * m_cut.mr * (m_cut.transposeA ? 1 : m_cut.strideA);
        m_cut.products.packA(a, m_cut.strideA, m_cut.transposeA, m_cut.rowsOf(tile), m_cut.k, at(2) + tile * m_cut.tileSize());
    }
    void packPanel(std::int64_t panel) const {
        const float* const b = at(1) + panel * m_cut.nr * (m_cut.transposeB ? m_cut.strideB : 1);
        m_cut.products.packB(b, m_cut.strideB, m_cut.transposeB, m_cut.columnsOf(panel), m_cut.k, at(3) + panel * m_cut.panelSize());
    }

    GradientBlock makeBlock(const std::array<float*, 3>& soon, int slice, int worker) const {
        const std::int64_t tile = slice % m_cut.rowBlocks() * m_cut.blockTiles, panel = slice / m_cut.rowBlocks() * m_cut.blockPanels;
        const std::int64_t lastTile = std::min(m_cut.tiles, tile + m_cut.blockTiles), lastPanel = std::min(m_cut.panels, panel + m_cut.blockPanels);
        float* const numbers = at(4) + worker * (PlanBuilder::roundedBytes(m_cut.blockRows() * m_cut.blockColumns() * 4) / 4);
        GemmTile t;
        t.strideB = m_cut.nr;
        t.k = m_cut.places;
        t.strideC = m_cut.blockColumns();
        t.strideSoon = m_cut.n;
        for (std::int64_t p = panel; p < lastPanel; ++p)
            for (std::int64_t i = tile; i < lastTile; ++i) {
                t.a = at(2) + i * m_cut.tileSize();
                t.b = at(3) + p * m_cut.panelSize();
                t.c = numbers + (i - tile) * m_cut.mr * t.strideC + (p - panel) * m_cut.nr;
                t.rows = m_cut.rowsOf(i);
                t.columns = m_cut.columnsOf(p);
                for (std::size_t s = 0; s < soon.size() && soon[s]; ++s) t.soon[s] = soon[s] + i * m_cut.mr * m_cut.n + p * m_cut.nr;
                m_cut.products.tile(t);
            }
        const std::int64_t row = tile * m_cut.mr, column = panel * m_cut.nr;
        return {row, column, std::min(m_cut.m, lastTile * m_cut.mr) - row, std::min(m_cut.n, lastPanel * m_cut.nr) - column, numbers, t.strideC};
    }
};

class ProductUpdateStep : public ProductStep {
public:
    /// further buffers: finite, parameter, m, v
    ProductUpdateStep(std::vector<int> buffers, const ProductCut& cut, const OptimizerAttributes& attributes)
        : ProductStep(std::move(buffers), cut), m_attributes(attributes) {}

    void run(const RunContext& context) override {
        if (*at(5) == 0) return;
        const auto numbers = formulas::updateNumbers<float>(m_attributes, context.step.learningRate, context.step.step);
        eachBlock(context, {at(6), at(7) ? at(7) : at(6), at(8) ? at(8) : at(6)}, [&](int, const GradientBlock& block) {
            const bool whole = block.columns == m_cut.n && block.stride == m_cut.n;
            const std::int64_t rows = whole ? 1 : block.rows, length = whole ? block.rows * block.columns : block.columns;
            for (std::int64_t r = 0; r < rows; ++r) {
                const std::int64_t first = (block.row + r) * m_cut.n + block.column;
                const auto from = [&](std::size_t i) { return at(i) ? at(i) + first : nullptr; };
                context.kernels.update(m_attributes, numbers, from(6), block.numbers + r * block.stride, from(7), from(8), length);
            }
        });
    }

private:
    OptimizerAttributes m_attributes;
};

class ProductCheckStep : public ProductStep {
public:
    /// further buffers: marks, a flag per block
    ProductCheckStep(std::vector<int> buffers, const ProductCut& cut, const ProductMarks& marks)
        : ProductStep(std::move(buffers), cut), m_marks(marks) {}

    void run(const RunContext& context) override { at(5)[m_marks.result] = surelyFinite() || isFinite(context) ? 1.0f : 0.0f; }

private:
    /// A sum of k products is at most k · max|A| · max|B|; the rest of the range is for rounding (that of the operands to bfloat16 among it, which
    /// can make infinity of the very largest). NaN compares as not sure.
    bool surelyFinite() const {
        constexpr double safe = 0.5 * static_cast<double>(std::numeric_limits<float>::max());
        const double a = largest(m_marks.firstA, m_marks.firstB), b = largest(m_marks.firstB, m_marks.end);
        return a < safe && b < safe && a * b * static_cast<double>(m_cut.k) < safe;
    }
    double largest(std::size_t first, std::size_t last) const {
        double result = 0;
        for (std::size_t i = first; i < last; ++i)
            if (!(at(5)[i] <= result)) result = at(5)[i];
        return result;
    }

    bool isFinite(const RunContext& context) const {
        float* const flags = at(6);
        eachBlock(context, {}, [&](int slice, const GradientBlock& block) {
            bool finite = true;
            for (std::int64_t r = 0; r < block.rows; ++r) finite = finite && context.kernels.allFinite(block.numbers + r * block.stride, block.columns);
            flags[slice] = finite ? 1.0f : 0.0f;
        });
        return std::all_of(flags, flags + m_cut.blocks(), [](float f) { return f != 0; });
    }

    ProductMarks m_marks;
};

}  // namespace

void addProductCheck(PlanBuilder& builder, const Op& product, int buffer, const ProductMarks& marks) {
    const ProductCut cut(builder.graph(), product, builder.kernels());
    std::vector<int> buffers = ProductStep::buffersFor(builder, product, cut);
    buffers.insert(buffers.end(), {buffer, builder.scratch(4 * cut.blocks())});
    builder.add(std::make_unique<ProductCheckStep>(std::move(buffers), cut, marks),
                "bound of a " + std::to_string(cut.m) + "×" + std::to_string(cut.n) + " product of " + std::to_string(cut.k) + " terms; computed where that is not enough");
}

void lowerProductUpdate(PlanBuilder& builder, const FusedOp& fused) {
    const Op& update = *fused.update;
    const ProductCut cut(builder.graph(), fused.op, builder.kernels());
    std::vector<int> buffers = ProductStep::buffersFor(builder, fused.op, cut);
    buffers.push_back(builder.in(update.inputs.back()));
    for (std::size_t i : {0, 2, 3}) buffers.push_back(i + 1 < update.inputs.size() ? builder.in(update.inputs[i]) : -1);
    builder.add(std::make_unique<ProductUpdateStep>(std::move(buffers), cut, update.as<OptimizerAttributes>()),
                productName(builder.kernels(), fused.op.as<GemmAttributes>().precision) + ", " + std::to_string(cut.blocks()) + " blocks of " + std::to_string(cut.blockRows()) + "×" +
                    std::to_string(cut.blockColumns()) + ", the gradient never goes to memory");
}

}  // namespace lamina::cpu
