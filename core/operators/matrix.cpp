// Matrix products, Einstein sums, determinants.
#include <algorithm>
#include <cmath>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"
#include "core/operators/operator_type.h"

namespace lamina {
namespace {

/// NumPy's matmul: vectors become a row or a column that goes again, leading axes are broadcast.
struct Product {
    Shape left, right, batch;  ///< left and right with two axes at least
    std::int64_t rows = 0, inner = 0, columns = 0;
    Shape result;
};

Result<Product> productOf(const OperatorContext& context, std::size_t first, std::size_t second) {
    Product p{context.shape(first), context.shape(second), {}, 0, 0, 0, {}};
    const bool row = p.left.size() == 1, column = p.right.size() == 1;
    if (p.left.empty() || p.right.empty()) return context.badShapes();
    if (row) p.left.insert(p.left.begin(), 1);
    if (column) p.right.push_back(1);
    p.rows = p.left[p.left.size() - 2];
    p.inner = p.left.back();
    p.columns = p.right.back();
    p.batch.assign(p.left.begin(), p.left.end() - 2);
    if (p.right[p.right.size() - 2] != p.inner || !broadcastTo(p.batch, Shape(p.right.begin(), p.right.end() - 2))) return context.badShapes();
    p.result = p.batch;
    if (!row) p.result.push_back(p.rows);
    if (!column) p.result.push_back(p.columns);
    return p;
}

template <class N> std::vector<N> multiplied(const Product& p, const std::vector<N>& a, const std::vector<N>& b) {
    const auto left = broadcastIndices(Shape(p.left.begin(), p.left.end() - 2), p.batch),
               right = broadcastIndices(Shape(p.right.begin(), p.right.end() - 2), p.batch);
    std::vector<N> result(static_cast<std::size_t>(elementCount(p.result)));
    for (std::size_t i = 0; i < left.size(); ++i)
        for (std::int64_t r = 0; r < p.rows; ++r)
            for (std::int64_t k = 0; k < p.inner; ++k) {
                const N factor = a[static_cast<std::size_t>((left[i] * p.rows + r) * p.inner + k)];
                const N* row = b.data() + (right[i] * p.inner + k) * p.columns;
                N* to = result.data() + (static_cast<std::int64_t>(i) * p.rows + r) * p.columns;
                for (std::int64_t c = 0; c < p.columns; ++c) to[c] += factor * row[c];
            }
    return result;
}

/// ops::matMul takes equal leading axes, or none on one side: others are repeated first.
ValueId aligned(OperatorContext& context, std::size_t input, Shape own, const Shape& batch) {
    Graph& g = context.graph;
    ValueId x = context.value(input);
    if (own != context.shape(input)) x = ops::reshape(g, x, own);
    Shape full = batch;
    full.insert(full.end(), own.end() - 2, own.end());
    if (own.size() == 2 || own == full) return x;
    own.insert(own.begin(), full.size() - own.size(), 1);
    if (g.error()) return noValue;
    if (own != g.shape(x)) x = ops::reshape(g, x, own);
    return own == full ? x : ops::broadcast(g, x, full);
}

Operands matMul(OperatorContext& context) {
    if (context.type(0) != context.type(1)) return context.badShapes();
    LAMINA_TRY(const Product p, productOf(context, 0, 1));
    if (context.inOps()) {
        Graph& g = context.graph;
        ValueId y = ops::matMul(g, aligned(context, 0, p.left, p.batch), aligned(context, 1, p.right, p.batch));
        if (!g.error() && g.shape(y) != p.result) y = ops::reshape(g, y, p.result);
        return context.ops(y);
    }
    return context.host(p.result, context.type(), [p](auto in, auto out) {
        withFamily(out[0].type, [&]<class N>(N) { store(out[0], multiplied(p, load<N>(in[0]), load<N>(in[1]))); });
    });
}

/// alpha · A' · B' + beta · C.
Operands gemm(OperatorContext& context) {
    const bool turnA = context.node.integer("transA", 0) != 0, turnB = context.node.integer("transB", 0) != 0;
    const double alpha = context.node.number("alpha", 1), beta = context.node.number("beta", 1);
    if (context.rank(0) != 2 || context.rank(1) != 2 || context.type(0) != context.type(1)) return context.badShapes();
    const Shape &a = context.shape(0), &b = context.shape(1);
    const std::int64_t rows = a[turnA ? 1 : 0], inner = a[turnA ? 0 : 1], columns = b[turnB ? 0 : 1];
    Shape shape{rows, columns};
    if (b[turnB ? 1 : 0] != inner) return context.badShapes();
    if (context.has(2) && (!broadcastTo(shape, context.shape(2)) || shape != Shape{rows, columns} || context.type(2) != context.type(0)))
        return context.badShapes();
    if (context.inOps()) {
        Graph& g = context.graph;
        ValueId y = ops::gemm(g, context.value(0), context.value(1), turnA, turnB);
        if (alpha != 1) y = ops::scale(g, y, alpha);
        if (!context.has(2)) return context.ops(y);
        const ValueId c = beta == 1 ? context.value(2) : ops::scale(g, context.value(2), beta);
        return context.ops(context.shape(2) == Shape{columns} ? ops::addBias(g, y, c) : ops::add(g, y, c));
    }
    return context.host(shape, context.type(), [=](auto in, auto out) {
        const auto left = load<double>(in[0]), right = load<double>(in[1]);
        std::vector<double> result(static_cast<std::size_t>(rows * columns));
        for (std::int64_t r = 0; r < rows; ++r)
            for (std::int64_t c = 0; c < columns; ++c) {
                double sum = 0;
                for (std::int64_t k = 0; k < inner; ++k)
                    sum += left[static_cast<std::size_t>(turnA ? k * rows + r : r * inner + k)] *
                           right[static_cast<std::size_t>(turnB ? c * inner + k : k * columns + c)];
                result[static_cast<std::size_t>(r * columns + c)] = alpha * sum;
            }
        if (in.size() > 2 && in[2].data) {
            const auto bias = load<double>(in[2]);
            const auto places = broadcastIndices(*in[2].shape, *out[0].shape);
            for (std::size_t i = 0; i < result.size(); ++i) result[i] += beta * bias[static_cast<std::size_t>(places[i])];
        }
        store(out[0], result);
    });
}

/// Zero points: one, or one per row of A (per column of B).
void subtractZero(std::vector<std::int64_t>& numbers, const HostTensor& zero, std::int64_t rows, std::int64_t columns, bool perRow) {
    if (!zero.data) return;
    const auto zeros = load<std::int64_t>(zero);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto place = static_cast<std::int64_t>(i), along = perRow ? place / columns % rows : place % columns;
        numbers[i] -= zeros[zeros.size() == 1 ? 0 : static_cast<std::size_t>(along) % zeros.size()];
    }
}

Operands matMulInteger(OperatorContext& context) {
    LAMINA_TRY(const Product p, productOf(context, 0, 1));
    return context.host(p.result, DType::Int32, [p](auto in, auto out) {
        auto a = load<std::int64_t>(in[0]), b = load<std::int64_t>(in[1]);
        if (in.size() > 2) subtractZero(a, in[2], p.rows, p.inner, true);
        if (in.size() > 3) subtractZero(b, in[3], p.inner, p.columns, false);
        store(out[0], multiplied(p, a, b));
    });
}

/// a, a_scale, a_zero, b, b_scale, b_zero, y_scale, y_zero.
Operands quantizedMatMul(OperatorContext& context) {
    LAMINA_TRY(const Product p, productOf(context, 0, 3));
    for (const std::size_t i : {1u, 4u, 6u})
        if (elementCount(context.shape(i)) != 1) return context.badShapes();
    return context.host(p.result, context.type(7), [p](auto in, auto out) {
        auto a = load<std::int64_t>(in[0]), b = load<std::int64_t>(in[3]);
        subtractZero(a, in[2], p.rows, p.inner, true);
        subtractZero(b, in[5], p.inner, p.columns, false);
        const double scale = load<double>(in[1])[0] * load<double>(in[4])[0] / load<double>(in[6])[0];
        const double zero = load<double>(in[7])[0], low = out[0].type == DType::UInt8 ? 0 : -128;
        std::vector<double> result;
        for (const std::int64_t sum : multiplied(p, a, b))
            result.push_back(std::clamp(std::nearbyint(static_cast<double>(sum) * scale) + zero, low, low + 255));
        store(out[0], result);
    });
}

/// "bij, bjk -> bik" taken apart: for every input the letter of each axis; "…" becomes capital letters of its own.
struct Einsum {
    std::vector<std::string> inputs;
    std::string output;
    std::map<char, std::int64_t> sizes;
};

/// The dots stand for the axes that have no letter, aligned at the right.
std::string withoutDots(const std::string& term, std::size_t rank) {
    const auto dots = term.find("...");
    if (dots == std::string::npos) return term;
    const std::size_t named = term.size() - 3;
    std::string letters;
    for (std::size_t i = named; i < rank; ++i) letters += static_cast<char>(1 + rank - 1 - i);
    return term.substr(0, dots) + letters + term.substr(dots + 3);
}

Result<Einsum> einsumOf(const OperatorContext& context) {
    std::string equation;
    for (const char c : context.node.text("equation", ""))
        if (c != ' ') equation += c;
    const auto arrow = equation.find("->");
    std::string left = equation.substr(0, arrow) + ",", right = arrow == std::string::npos ? "" : equation.substr(arrow + 2);
    Einsum e;
    std::size_t dotted = 0;
    for (std::size_t begin = 0, end; (end = left.find(',', begin)) != std::string::npos; begin = end + 1) {
        if (e.inputs.size() >= context.inputs()) return context.badAttribute("equation");
        const std::string term = left.substr(begin, end - begin);
        const Shape& shape = context.shape(e.inputs.size());
        e.inputs.push_back(withoutDots(term, shape.size()));
        if (e.inputs.back().size() != shape.size()) return context.badAttribute("equation");
        if (term.find("...") != std::string::npos) dotted = std::max(dotted, shape.size() + 3 - term.size());
        for (std::size_t axis = 0; axis < shape.size(); ++axis) {
            std::int64_t& size = e.sizes.emplace(e.inputs.back()[axis], 1).first->second;
            if (size != 1 && shape[axis] != 1 && size != shape[axis]) return context.badShapes();
            if (size == 1) size = shape[axis];
        }
    }
    if (e.inputs.size() != context.inputs()) return context.badAttribute("equation");
    if (arrow == std::string::npos) {
        for (const auto& [letter, size] : e.sizes)
            if (letter < 32 || std::count(left.begin(), left.end(), letter) == 1) right += letter;
        std::reverse(right.begin(), right.begin() + static_cast<std::ptrdiff_t>(dotted));
    }
    e.output = withoutDots(right, right.size() >= 3 ? right.size() - 3 + dotted : dotted);
    for (const char letter : e.output)
        if (!e.sizes.count(letter) || std::count(e.output.begin(), e.output.end(), letter) > 1) return context.badAttribute("equation");
    Shape space;
    for (const auto& [letter, size] : e.sizes) space.push_back(size);
    if (checkedElementCount(space, mostHostSteps) < 0) return context.badShapes();
    return e;
}

template <class N> void sumProducts(const Einsum& e, std::span<const HostTensor> in, const HostTensor& out) {
    std::string letters = e.output;
    for (const auto& [letter, size] : e.sizes)
        if (letters.find(letter) == std::string::npos) letters += letter;
    Shape space;
    for (const char letter : letters) space.push_back(e.sizes.at(letter));
    std::vector<std::vector<N>> numbers;
    std::vector<std::vector<std::int64_t>> places;
    for (std::size_t i = 0; i < in.size(); ++i) {
        numbers.push_back(load<N>(in[i]));
        const auto strides = stridesOf(*in[i].shape);
        std::vector<std::int64_t> along(letters.size());
        for (std::size_t axis = 0; axis < strides.size(); ++axis)
            if ((*in[i].shape)[axis] != 1) along[letters.find(e.inputs[i][axis])] += strides[axis];
        places.push_back(along);
    }
    std::vector<N> result(static_cast<std::size_t>(out.count()));
    std::vector<std::int64_t> coordinates(space.size());
    const std::int64_t total = elementCount(space), summed = total / std::max<std::int64_t>(1, out.count());
    for (std::int64_t n = 0; n < total; ++n) {
        N product = 1;
        for (std::size_t i = 0; i < in.size(); ++i) {
            std::int64_t place = 0;
            for (std::size_t axis = 0; axis < space.size(); ++axis) place += coordinates[axis] * places[i][axis];
            product *= numbers[i][static_cast<std::size_t>(place)];
        }
        result[static_cast<std::size_t>(n / summed)] += product;
        advance(coordinates, space);
    }
    store(out, result);
}

Operands einsum(OperatorContext& context) {
    LAMINA_TRY(const Einsum e, einsumOf(context));
    Shape shape;
    for (const char letter : e.output) shape.push_back(e.sizes.at(letter));
    return context.host(shape, context.type(), [e](auto in, auto out) {
        withFamily(out[0].type, [&]<class N>(N) { sumProducts<N>(e, in, out[0]); });
    });
}

/// Gauss with the largest pivot.
double determinantOf(std::vector<double> m, std::size_t n) {
    double determinant = 1;
    for (std::size_t k = 0; k < n; ++k) {
        std::size_t pivot = k;
        for (std::size_t r = k + 1; r < n; ++r)
            if (std::fabs(m[r * n + k]) > std::fabs(m[pivot * n + k])) pivot = r;
        if (m[pivot * n + k] == 0) return 0;
        if (pivot != k) {
            std::swap_ranges(m.begin() + static_cast<std::ptrdiff_t>(pivot * n), m.begin() + static_cast<std::ptrdiff_t>(pivot * n + n),
                             m.begin() + static_cast<std::ptrdiff_t>(k * n));
            determinant = -determinant;
        }
        determinant *= m[k * n + k];
        for (std::size_t r = k + 1; r < n; ++r) {
            const double factor = m[r * n + k] / m[k * n + k];
            for (std::size_t c = k; c < n; ++c) m[r * n + c] -= factor * m[k * n + c];
        }
    }
    return determinant;
}

Operands determinant(OperatorContext& context) {
    const Shape& x = context.shape();
    if (x.size() < 2 || x.back() != x[x.size() - 2]) return context.badShapes();
    return context.host(Shape(x.begin(), x.end() - 2), context.type(), [](auto in, auto out) {
        const auto numbers = load<double>(in[0]);
        const auto n = static_cast<std::size_t>(in[0].shape->back());
        std::vector<double> result;
        for (std::int64_t i = 0; i < out[0].count(); ++i) {
            const auto begin = numbers.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(i) * n * n);
            result.push_back(determinantOf({begin, begin + static_cast<std::ptrdiff_t>(n * n)}, n));
        }
        store(out[0], result);
    });
}

}  // namespace

const OperatorFamily& matrix_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "MatMul", .types = {numbers}, .translate = matMul, .minimumInputs = 2},
        {.name = "Gemm", .since = 7, .types = {numbers}, .translate = gemm, .minimumInputs = 2},
        {.name = "MatMulInteger", .since = 10, .types = {bytes}, .translate = matMulInteger, .minimumInputs = 2},
        {.name = "QLinearMatMul",
         .since = 10,
         .types = {bytes, reals, bytes, bytes, reals, bytes, reals, bytes},
         .translate = quantizedMatMul,
         .minimumInputs = 8},
        {.name = "Einsum", .since = 12, .types = {numbers}, .translate = einsum},
        {.name = "Det", .since = 11, .types = {reals}, .translate = determinant},
    }};
    return family;
}

}  // namespace lamina
