// Matrix products: A is packed once, then every slice packs its own panels of B and computes a block of C. Many small products
// are shared out whole.
#include <algorithm>
#include <tuple>

#include "core/engine/cpu/gemm_shape.h"
#include "core/engine/cpu/lowering.h"

namespace lamina::cpu {

namespace lower_gemm_parts {

/// Work of a slice: enough to be worth claiming, little enough to leave several for every thread.
constexpr double leastFlops = 2.5e5, mostFlops = 2e6;
constexpr double wantedSlices = 16;

/// How C is cut: blocks of rowTiles tiles by panels panels. A function of the shape and the micro-kernel alone.
struct GemmCut {
    std::int64_t tiles, panels, rowTiles, slicePanels;
    std::int64_t rowBlocks() const { return (tiles + rowTiles - 1) / rowTiles; }
    std::int64_t panelBlocks() const { return (panels + slicePanels - 1) / slicePanels; }
    int slices() const { return static_cast<int>(rowBlocks() * panelBlocks()); }
};

GemmCut cutOf(const GemmShape& s, int mr, int nr) {
    GemmCut cut{(s.m + mr - 1) / mr, (s.n + nr - 1) / nr, 1, 1};
    const double tileFlops = 2.0 * mr * nr * static_cast<double>(s.k), total = tileFlops * static_cast<double>(cut.tiles * cut.panels);
    const double sliceFlops = std::clamp(total / wantedSlices, leastFlops, mostFlops);
    const std::int64_t wanted = std::max<std::int64_t>(1, static_cast<std::int64_t>(sliceFlops / tileFlops));
    // a panel of B serves many tiles before the next one is packed, as long as there are slices enough
    const std::int64_t deep = std::min(cut.tiles, std::max<std::int64_t>(1, 256 / mr));
    const bool enough = static_cast<double>(cut.panels * ((cut.tiles + deep - 1) / deep)) >= wantedSlices;
    cut.rowTiles = evenSize(cut.tiles, enough ? std::max(deep, std::min(wanted, cut.tiles)) : std::min(wanted, cut.tiles));
    cut.slicePanels = evenSize(cut.panels, std::clamp<std::int64_t>(wanted / cut.rowTiles, 1, cut.panels));
    return cut;
}

/// Products of one shape; the distance from one A or B to the next, 0 where one serves all; where the first matrices begin in their buffers.
struct Batch {
    std::int64_t count = 1, stepA = 0, stepB = 0;
    std::int64_t offsetA = 0, offsetB = 0, offsetC = 0;
    bool whole = false;  ///< a slice takes whole products
};

class GemmStep : public Step {
public:
    struct Epilogue {
        std::optional<UnaryKind> activation;
        float alpha = 0;
    };
    /// buffers: A, B, C, bias, mask, packed A (per thread where products are small), packed B per thread
    GemmStep(std::vector<int> buffers, const GemmShape& shape, const GemmCut& cut, const Epilogue& epilogue, const Kernels& kernels,
             const ProductKernels& products, const Batch& batch = {})
        : Step(std::move(buffers)), m_shape(shape), m_cut(cut), m_epilogue(epilogue), m_batch(batch), m_mr(kernels.mr), m_nr(kernels.nr), m_products(products) {
        m_rectifier = epilogue.activation == UnaryKind::Relu || epilogue.activation == UnaryKind::LeakyRelu;
    }

    static std::int64_t packedASize(const GemmCut& cut, const GemmShape& s, int mr, const ProductKernels& products) {
        return cut.tiles * products.places(s.k) * mr;
    }
    static std::int64_t packedBSize(const GemmShape& s, int nr, const ProductKernels& products) { return products.places(std::min(s.k, passDepth)) * nr; }

    /// Products per slice where a slice takes whole ones.
    static std::int64_t wholeUnit(const GemmShape& s) {
        return std::max<std::int64_t>(1, static_cast<std::int64_t>(leastFlops / (2.0 * static_cast<double>(s.m * s.n * s.k) + 1)));
    }

    void run(const RunContext& context) override {
        if (m_batch.whole) return runWhole(context);
        for (std::int64_t product = 0; product < m_batch.count; ++product) runCut(context, product);
    }

private:
    /// One product: where its matrices lie.
    struct Place {
        const float *a, *b;
        float *c, *packedA;
    };
    Place placeOf(std::int64_t product, float* packedA) const {
        return {at(0) + m_batch.offsetA + product * m_batch.stepA, at(1) + m_batch.offsetB + product * m_batch.stepB,
                at(2) + m_batch.offsetC + product * m_shape.m * m_shape.n, packedA};
    }

    void runCut(const RunContext& context, std::int64_t product) const {
        const Place place = placeOf(product, at(5));
        const Cut packing{m_cut.tiles, std::max<std::int64_t>(1, pointwiseUnit / (m_shape.k * m_mr + 1))};
        context.pool.run(packing.slices(), [&](int slice, int) {
            for (auto t = packing.first(slice); t < packing.first(slice) + packing.length(slice); ++t) packTile(place, t);
        });
        context.pool.run(m_cut.slices(), [&](int slice, int worker) { runSlice(context.kernels, place, slice, worker); });
    }

    void runWhole(const RunContext& context) const {
        const Cut products{m_batch.count, wholeUnit(m_shape)};
        context.pool.run(products.slices(), [&](int slice, int worker) {
            float* const packedA = at(5) + worker * (PlanBuilder::roundedBytes(packedASize(m_cut, m_shape, m_mr, m_products) * 4) / 4);
            for (std::int64_t i = 0; i < products.length(slice); ++i) {
                const Place place = placeOf(products.first(slice) + i, packedA);
                for (std::int64_t t = 0; t < m_cut.tiles && (i == 0 || m_batch.stepA != 0); ++t) packTile(place, t);
                for (int s = 0; s < m_cut.slices(); ++s) runSlice(context.kernels, place, s, worker);
            }
        });
    }

    int rowsOf(std::int64_t tile) const { return static_cast<int>(std::min<std::int64_t>(m_mr, m_shape.m - tile * m_mr)); }
    float* packedA(const Place& place, std::int64_t tile) const { return place.packedA + tile * m_products.places(m_shape.k) * m_mr; }

    void packTile(const Place& place, std::int64_t tile) const {
        const float* a = place.a + tile * m_mr * (m_shape.transposeA ? 1 : m_shape.strideA);
        m_products.packA(a, m_shape.strideA, m_shape.transposeA, rowsOf(tile), m_shape.k, packedA(place, tile));
    }

    void runSlice(const Kernels& kernels, const Place& place, int slice, int worker) const {
        const std::int64_t tile = slice % m_cut.rowBlocks() * m_cut.rowTiles, panel = slice / m_cut.rowBlocks() * m_cut.slicePanels;
        const std::int64_t lastTile = std::min(m_cut.tiles, tile + m_cut.rowTiles), lastPanel = std::min(m_cut.panels, panel + m_cut.slicePanels);
        for (std::int64_t p = panel; p < lastPanel; ++p)
            for (std::int64_t k = 0; k < m_shape.k; k += passDepth) runPanel(place, worker, p, k, tile, lastTile);
        if (m_epilogue.activation && !m_rectifier) activate(kernels, place, tile, lastTile, panel, lastPanel);
    }

    /// One panel of B, one pass of k, all tiles of the block.
    void runPanel(const Place& place, int worker, std::int64_t panel, std::int64_t k, std::int64_t tile, std::int64_t lastTile) const {
        const std::int64_t column = panel * m_nr, depth = std::min(passDepth, m_shape.k - k);
        const int columns = static_cast<int>(std::min<std::int64_t>(m_nr, m_shape.n - column));
        const bool last = k + depth == m_shape.k, plain = columns == m_nr && !m_shape.transposeB && m_products.readsPlain;
        const float* const b = place.b + (m_shape.transposeB ? column * m_shape.strideB + k : k * m_shape.strideB + column);
        float* const packed = at(6) + worker * (PlanBuilder::roundedBytes(packedBSize(m_shape, m_nr, m_products) * 4) / 4);
        if (!plain) m_products.packB(b, m_shape.strideB, m_shape.transposeB, columns, depth, packed);
        GemmTile t;
        t.k = m_products.places(depth);
        t.columns = columns;
        t.strideC = t.strideMask = m_shape.n;
        t.accumulate = k > 0;
        t.bias = last && at(3) ? at(3) + column : nullptr;
        t.relu = last && m_rectifier;
        t.slope = m_epilogue.activation == UnaryKind::LeakyRelu ? m_epilogue.alpha : 0.0f;
        for (std::int64_t i = tile; i < lastTile; ++i) {
            // the first tile reads B where it lies and packs it for the others
            const bool reads = plain && i == tile;
            t.b = reads ? b : packed;
            t.strideB = reads ? m_shape.strideB : m_nr;
            t.packTo = reads && lastTile - tile > 1 ? packed : nullptr;
            t.a = packedA(place, i) + k / m_products.perPlace * m_mr;
            t.rows = rowsOf(i);
            t.c = place.c + i * m_mr * m_shape.n + column;
            t.mask = last && at(4) ? at(4) + i * m_mr * m_shape.n + column : nullptr;
            m_products.tile(t);
        }
    }

    void activate(const Kernels& kernels, const Place& place, std::int64_t tile, std::int64_t lastTile, std::int64_t panel,
                  std::int64_t lastPanel) const {
        const std::int64_t column = panel * m_nr, columns = std::min(m_shape.n, lastPanel * m_nr) - column;
        for (std::int64_t row = tile * m_mr; row < std::min(m_shape.m, lastTile * m_mr); ++row) {
            float* const y = place.c + row * m_shape.n + column;
            kernels.unary(*m_epilogue.activation, m_epilogue.alpha, y, y, columns);
        }
    }

    GemmShape m_shape;
    GemmCut m_cut;
    Epilogue m_epilogue;
    Batch m_batch;
    int m_mr, m_nr;
    const ProductKernels& m_products;  ///< of the device's kernels, which live as long as the program
    bool m_rectifier = false;
};

std::string tileText(const Kernels& kernels, const GemmShape& shape, Precision precision = Precision::Float32) {
    return productName(kernels, precision) + " " + std::to_string(kernels.mr) + "×" + std::to_string(kernels.nr) + (shape.transposeB ? ", B transposed" : "");
}
std::string slicesText(std::int64_t slices) { return ", " + std::to_string(slices) + (slices == 1 ? " slice" : " slices"); }

/// The shape of one product and how many there are.
std::tuple<GemmShape, Batch> batchOf(const Graph& graph, const Op& op) {
    const auto& attributes = op.as<GemmAttributes>();
    const Shape &a = graph.shape(op.inputs[0]), &b = graph.shape(op.inputs[1]), &c = graph.shape(op.outputs[0]);
    const std::int64_t rowsA = a[a.size() - 2], columnsA = a.back(), columnsB = b.back();
    GemmShape shape{c[c.size() - 2], c.back(), attributes.transposeA ? rowsA : columnsA, attributes.transposeA, attributes.transposeB, columnsA, columnsB};
    Batch batch{1, a.size() > 2 ? rowsA * columnsA : 0, b.size() > 2 ? b[b.size() - 2] * columnsB : 0};
    for (std::size_t axis = 0; axis + 2 < c.size(); ++axis) batch.count *= c[axis];
    return {shape, batch};
}

}  // namespace lower_gemm_parts

std::string productName(const Kernels& kernels, Precision precision) {
    const char* const rounding = precision == Precision::Float32 ? "" : kernels.hasBfloat16() ? " bfloat16" : ", operands rounded to bfloat16,";
    return std::string("own gemm ") + kernels.name + rounding;
}

void lowerMatMul(PlanBuilder& builder, const FusedOp& fused) {
    using namespace lower_gemm_parts;
    const Op& op = fused.op;
    const Kernels& kernels = builder.kernels();
    const Precision precision = op.as<GemmAttributes>().precision;
    const ProductKernels& products = kernels.products(precision);
    auto [shape, batch] = batchOf(builder.graph(), op);
    GemmCut cut = cutOf(shape, kernels.mr, kernels.nr);
    batch.whole = batch.count > 1 && cut.slices() < static_cast<int>(wantedSlices);
    if (batch.whole) cut = {cut.tiles, cut.panels, cut.tiles, cut.panels};
    const int a = builder.in(op.inputs[0]), b = builder.in(op.inputs[1]);
    const std::int64_t bytesA = GemmStep::packedASize(cut, shape, kernels.mr, products) * 4;
    const int packedA = batch.whole ? builder.scratchPerThread(bytesA) : builder.scratch(bytesA);
    const int packedB = builder.scratchPerThread(GemmStep::packedBSize(shape, kernels.nr, products) * 4);
    const int c = builder.out(op.outputs[0]);
    const std::int64_t slices = batch.whole ? Cut{batch.count, GemmStep::wholeUnit(shape)}.slices() : batch.count * cut.slices();
    builder.add(std::make_unique<GemmStep>(std::vector<int>{a, b, c, -1, -1, packedA, packedB}, shape, cut, GemmStep::Epilogue{}, kernels, products, batch),
                tileText(kernels, shape, precision) + ", " + std::to_string(batch.count) + " products" + slicesText(slices));
}

void addProduct(PlanBuilder& builder, const ProductPlaces& places, const GemmShape& shape) {
    using namespace lower_gemm_parts;
    const Kernels& kernels = builder.kernels();
    const ProductKernels& products = kernels.float32;
    const GemmCut cut = cutOf(shape, kernels.mr, kernels.nr);
    const int packedA = builder.scratch(GemmStep::packedASize(cut, shape, kernels.mr, products) * 4);
    const int packedB = builder.scratchPerThread(GemmStep::packedBSize(shape, kernels.nr, products) * 4);
    builder.add(std::make_unique<GemmStep>(std::vector<int>{places.a, places.b, places.c, places.bias, -1, packedA, packedB}, shape, cut,
                                           GemmStep::Epilogue{}, kernels, products,
                                           Batch{.offsetA = places.offsetA, .offsetB = places.offsetB, .offsetC = places.offsetC}),
                tileText(kernels, shape) + slicesText(cut.slices()));
}

void lowerGemm(PlanBuilder& builder, const FusedOp& fused) {
    using namespace lower_gemm_parts;
    if (fused.update) return lowerProductUpdate(builder, fused);
    const Op& op = fused.op;
    const auto& attributes = op.as<GemmAttributes>();
    const Kernels& kernels = builder.kernels();
    const ProductKernels& products = kernels.products(attributes.precision);
    const GemmShape shape = gemmShape(builder.graph(), op);
    const GemmCut cut = cutOf(shape, kernels.mr, kernels.nr);
    const int a = builder.in(op.inputs[0]), b = builder.in(op.inputs[1]);
    const int bias = attributes.bias ? builder.in(op.inputs[2]) : -1;
    const int mask = fused.mask != noValue ? builder.in(fused.mask) : -1;
    const int packedA = builder.scratch(GemmStep::packedASize(cut, shape, kernels.mr, products) * 4);
    const int packedB = builder.scratchPerThread(GemmStep::packedBSize(shape, kernels.nr, products) * 4);
    const int c = builder.out(op.outputs[0]);
    builder.add(std::make_unique<GemmStep>(std::vector<int>{a, b, c, bias, mask, packedA, packedB}, shape, cut,
                                           GemmStep::Epilogue{attributes.activation, static_cast<float>(attributes.activationAlpha)}, kernels, products),
                tileText(kernels, shape, attributes.precision) + slicesText(cut.slices()));
}

}  // namespace lamina::cpu
