// Largest numbers, means and norms of windows and of whole planes.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"
#include "core/operators/windows.h"

namespace lamina {
namespace {

Result<Windows> poolOf(const OperatorContext& context) {
    if (elementCount(context.shape()) == 0) return context.badShapes();
    return windowsOf(context, context.shape(), context.node.integers("kernel_shape", {}));
}

Shape pooled(const Shape& x, const Windows& w) {
    Shape shape{x[0], x[1]};
    shape.insert(shape.end(), w.output.begin(), w.output.end());
    return shape;
}

/// The engine wants every window to see something.
bool inEngineAsPool(const OperatorContext& context, const Windows& w) {
    if (!context.inOps() || !inEngine(w)) return false;
    const WindowAttributes window = engineWindow(w);
    for (std::size_t i = 0; i < 4; ++i)
        if (window.padding[i] >= window.dilation[i % 2] * (window.kernel[i % 2] - 1) + 1) return false;
    return true;
}

template <class N> void largestOfWindows(const Windows& w, bool columnsFirst, std::span<const HostTensor> in, std::span<const HostTensor> out) {
    const auto x = load<N>(in[0]);
    const std::int64_t plane = elementCount(w.input), pooledPlane = elementCount(w.output), planes = plane ? in[0].count() / plane : 0;
    std::vector<std::int64_t> best(static_cast<std::size_t>(out[0].count()), -1);
    for (std::int64_t p = 0; p < planes; ++p)
        forEachTap(w, [&](std::int64_t place, std::int64_t, std::int64_t source) {
            std::int64_t& winner = best[static_cast<std::size_t>(p * pooledPlane + place)];
            const std::int64_t at = p * plane + source;
            if (winner < 0 || x[static_cast<std::size_t>(at)] > x[static_cast<std::size_t>(winner)]) winner = at;
        });
    gatherElements(in[0], out[0], best);
    if (out.size() < 2) return;
    if (columnsFirst && w.axes() == 2)
        for (std::int64_t& at : best) at = at / plane * plane + at % plane % w.input[1] * w.input[0] + at % plane / w.input[1];
    store(out[1], best);
}

Operands maxPool(OperatorContext& context) {
    LAMINA_TRY(const Windows w, poolOf(context));
    const Shape shape = pooled(context.shape(), w);
    if (context.outputs() < 2 && inEngineAsPool(context, w)) {
        const ValueId y = ops::maxPool2d(context.graph, inTwoAxes(context, 0), engineWindow(w));
        return context.ops(context.rank() == 3 ? ops::reshape(context.graph, y, shape) : y);
    }
    std::vector<OpType::Output> outputs{{shape, context.type()}};
    if (context.outputs() > 1) outputs.push_back({shape, DType::Int64});
    const bool columnsFirst = context.node.integer("storage_order", 0) != 0;
    return context.host(outputs, [w, columnsFirst](auto in, auto out) {
        withFamily(in[0].type, [&]<class N>(N) { largestOfWindows<N>(w, columnsFirst, in, out); });
    });
}

/// How many places of the window count: those of the input, or all of them.
std::vector<double> divisors(const Windows& w, bool borders) {
    std::vector<double> counts(static_cast<std::size_t>(elementCount(w.output)), borders ? static_cast<double>(w.taps()) : 0);
    if (!borders) forEachTap(w, [&](std::int64_t place, std::int64_t, std::int64_t) { counts[static_cast<std::size_t>(place)] += 1; });
    return counts;
}

template <class F> std::vector<double> summedWindows(const Windows& w, const HostTensor& in, F f) {
    const auto x = load<double>(in);
    const std::int64_t plane = elementCount(w.input), pooledPlane = elementCount(w.output), planes = plane ? in.count() / plane : 0;
    std::vector<double> sums(static_cast<std::size_t>(planes * pooledPlane));
    for (std::int64_t p = 0; p < planes; ++p)
        forEachTap(w, [&](std::int64_t place, std::int64_t, std::int64_t source) {
            sums[static_cast<std::size_t>(p * pooledPlane + place)] += f(x[static_cast<std::size_t>(p * plane + source)]);
        });
    return sums;
}

Operands averagePool(OperatorContext& context) {
    LAMINA_TRY(const Windows w, poolOf(context));
    const Shape shape = pooled(context.shape(), w);
    const bool borders = context.node.integer("count_include_pad", 0) != 0;
    const bool dilated = std::any_of(w.dilation.begin(), w.dilation.end(), [](std::int64_t d) { return d != 1; });
    if (inEngineAsPool(context, w) && !dilated) {
        WindowAttributes window = engineWindow(w);
        window.countPadding = borders;
        const ValueId y = ops::averagePool2d(context.graph, inTwoAxes(context, 0), window);
        return context.ops(context.rank() == 3 ? ops::reshape(context.graph, y, shape) : y);
    }
    return context.host(shape, context.type(), [w, borders](auto in, auto out) {
        auto sums = summedWindows(w, in[0], [](double x) { return x; });
        const auto counts = divisors(w, borders);
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] /= std::max(1.0, counts[i % counts.size()]);
        store(out[0], sums);
    });
}

Operands normPool(OperatorContext& context) {
    LAMINA_TRY(const Windows w, poolOf(context));
    const auto p = static_cast<double>(context.node.integer("p", 2));
    if (p < 1) return context.badAttribute("p");
    return context.host(pooled(context.shape(), w), context.type(), [w, p](auto in, auto out) {
        auto sums = summedWindows(w, in[0], [p](double x) { return std::pow(std::fabs(x), p); });
        for (double& sum : sums) sum = std::pow(sum, 1 / p);
        store(out[0], sums);
    });
}

/// [N,C,…] → [N,C,1…].
Result<Shape> planeOf(const OperatorContext& context) {
    Shape shape = context.shape();
    if (shape.size() < 3 || elementCount(shape) == 0) return context.badShapes();
    std::fill(shape.begin() + 2, shape.end(), 1);
    return shape;
}

/// fold(sum so far, number) over every plane, then finish(result, numbers in a plane).
Operands overPlanes(OperatorContext& context, const Shape& shape, double start, double (*fold)(double, double, double),
                    double (*finish)(double, double, double), double p) {
    return context.host(shape, context.type(), [=](auto in, auto out) {
        const auto x = load<double>(in[0]);
        std::vector<double> results(static_cast<std::size_t>(out[0].count()), start);
        const std::size_t plane = x.size() / std::max<std::size_t>(1, results.size());
        for (std::size_t i = 0; i < x.size(); ++i) results[i / plane] = fold(results[i / plane], x[i], p);
        for (double& result : results) result = finish(result, static_cast<double>(plane), p);
        store(out[0], results);
    });
}

Operands inOpsOverPlanes(OperatorContext& context, ReduceKind kind) {
    std::vector<std::int64_t> axes;
    for (std::int64_t axis = 2; axis < context.rank(); ++axis) axes.push_back(axis);
    return context.ops(ops::reduce(context.graph, kind, context.value(), axes, true));
}

Operands globalAverage(OperatorContext& context) {
    LAMINA_TRY(const Shape shape, planeOf(context));
    if (context.inOps()) return inOpsOverPlanes(context, ReduceKind::Mean);
    return overPlanes(context, shape, 0, [](double a, double b, double) { return a + b; }, [](double a, double n, double) { return a / n; }, 0);
}

Operands globalMaximum(OperatorContext& context) {
    LAMINA_TRY(const Shape shape, planeOf(context));
    if (context.inOps() && context.rank() == 4) {
        WindowAttributes window;
        window.kernel = {context.shape()[2], context.shape()[3]};
        return context.ops(ops::maxPool2d(context.graph, context.value(), window));
    }
    return overPlanes(context, shape, -std::numeric_limits<double>::infinity(), [](double a, double b, double) { return std::max(a, b); },
                      [](double a, double, double) { return a; }, 0);
}

Operands globalNorm(OperatorContext& context) {
    LAMINA_TRY(const Shape shape, planeOf(context));
    const auto p = static_cast<double>(context.node.integer("p", 2));
    if (p < 1) return context.badAttribute("p");
    return overPlanes(context, shape, 0, [](double a, double b, double order) { return a + std::pow(std::fabs(b), order); },
                      [](double a, double, double order) { return std::pow(a, 1 / order); }, p);
}

/// Puts every number where MaxPool found it; the size follows from the windows, or is given.
Operands maxUnpool(OperatorContext& context) {
    const Shape& x = context.shape();
    const auto kernel = context.node.integers("kernel_shape", {});
    if (x.size() < 3 || kernel.size() != x.size() - 2 || context.shape(1) != x) return context.badShapes();
    LAMINA_TRY(const auto strides, perAxis(context, "strides", kernel.size(), 1, 1));
    const auto pads = context.node.integers("pads", std::vector<std::int64_t>(2 * kernel.size(), 0));
    if (pads.size() != 2 * kernel.size()) return context.badAttribute("pads");
    Shape natural{x[0], x[1]};
    for (std::size_t axis = 0; axis < kernel.size(); ++axis)
        natural.push_back((x[axis + 2] - 1) * strides[axis] - pads[axis] - pads[axis + kernel.size()] + kernel[axis]);
    Shape shape = natural;
    if (context.has(2)) {
        LAMINA_TRY(shape, context.integers(2));
    }
    if (shape.size() != x.size() || checkedElementCount(shape, mostHostElements) < 1 || checkedElementCount(natural, mostHostElements) < 1)
        return context.badShapes();
    return context.host(shape, context.type(), [natural](auto in, auto out) {
        // The places count in the natural size; where another one is asked for they keep their coordinates.
        const auto indices = load<std::int64_t>(in[1]);
        const auto from = stridesOf(natural), to = stridesOf(*out[0].shape);
        std::vector<std::int64_t> source(static_cast<std::size_t>(out[0].count()), -1);
        for (std::size_t i = 0; i < indices.size(); ++i) {
            std::int64_t rest = indices[i], place = 0;
            for (std::size_t axis = 0; axis < natural.size() && place >= 0; ++axis) {
                const std::int64_t at = rest / from[axis];
                place = rest < 0 || at >= (*out[0].shape)[axis] ? -1 : place + at * to[axis];
                rest %= from[axis];
            }
            if (place >= 0) source[static_cast<std::size_t>(place)] = static_cast<std::int64_t>(i);
        }
        gatherElements(in[0], out[0], source);
    });
}

}  // namespace

const OperatorFamily& pooling_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "MaxPool", .types = {reals | bytes}, .translate = maxPool},
        {.name = "AveragePool", .types = {reals}, .translate = averagePool},
        {.name = "LpPool", .since = 2, .types = {reals}, .translate = normPool},
        {.name = "GlobalAveragePool", .types = {reals}, .translate = globalAverage},
        {.name = "GlobalMaxPool", .types = {reals}, .translate = globalMaximum},
        {.name = "GlobalLpPool", .since = 2, .types = {reals}, .translate = globalNorm},
        {.name = "MaxUnpool", .since = 9, .types = {reals, places}, .constants = {2}, .translate = maxUnpool, .minimumInputs = 2},
    }};
    return family;
}

}  // namespace lamina
