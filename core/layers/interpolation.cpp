#include "core/layers/interpolation.h"

#include <algorithm>
#include <cmath>

namespace lamina {
namespace {

using Weights = std::vector<double>;

/// Keys' cubic function (1981) with its coefficient.
double cubic(double x, double a) {
    x = std::abs(x);
    if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
    if (x < 2) return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
    return 0;
}

double triangle(double x) { return std::max(0.0, 1 - std::abs(x)); }

void nearestRow(double* row, std::int64_t i, std::int64_t from, std::int64_t to) { row[std::min(i * from / to, from - 1)] = 1; }

/// Beyond its edges the picture goes on as its last pixel.
void pointRow(double* row, std::int64_t i, std::int64_t from, std::int64_t to, bool isCubic) {
    const double centre = (static_cast<double>(i) + 0.5) * static_cast<double>(from) / static_cast<double>(to) - 0.5;
    const auto first = static_cast<std::int64_t>(std::floor(centre)) - (isCubic ? 1 : 0);
    for (std::int64_t k = first; k < first + (isCubic ? 4 : 2); ++k) {
        const double distance = static_cast<double>(k) - centre;
        row[std::clamp<std::int64_t>(k, 0, from - 1)] += isCubic ? cubic(distance, -0.75) : triangle(distance);
    }
}

/// A window as wide as the part of the picture that becomes one pixel; beyond the edges nothing counts.
void areaRow(double* row, std::int64_t i, std::int64_t from, std::int64_t to, bool isCubic) {
    const double step = static_cast<double>(from) / static_cast<double>(to), width = std::max(step, 1.0);
    const double centre = (static_cast<double>(i) + 0.5) * step, reach = (isCubic ? 2 : 1) * width;
    const auto first = std::max<std::int64_t>(static_cast<std::int64_t>(centre - reach + 0.5), 0);
    const auto last = std::min<std::int64_t>(static_cast<std::int64_t>(centre + reach + 0.5), from);
    double sum = 0;
    for (std::int64_t k = first; k < last; ++k) {
        const double distance = (static_cast<double>(k) - centre + 0.5) / width;
        row[k] = isCubic ? cubic(distance, -0.5) : triangle(distance);
        sum += row[k];
    }
    for (std::int64_t k = first; k < last; ++k) row[k] /= sum;
}

/// Weights of every number of the result add up to 1: other matrices are told apart by this, before anything as large is made.
bool addUpToOne(const std::vector<float>& numbers, std::int64_t from, std::int64_t to, bool transposed) {
    for (std::int64_t i = 0; i < to; ++i) {
        double sum = 0;
        for (std::int64_t k = 0; k < from; ++k) sum += numbers[static_cast<std::size_t>(transposed ? k * to + i : i * from + k)];
        if (!(std::abs(sum - 1) < 1e-4)) return false;
    }
    return true;
}

bool alike(const std::vector<float>& numbers, const Weights& weights) {
    for (std::size_t i = 0; i < numbers.size(); ++i)
        if (std::abs(numbers[i] - weights[i]) > 1e-6) return false;
    return true;
}

OnnxTensor tensorOf(Shape shape, const Weights& weights) { return {std::move(shape), std::vector<float>(weights.begin(), weights.end())}; }

}  // namespace

std::vector<std::string> interpolationMethods() { return {"nearest", "bilinear", "bicubic"}; }

std::vector<double> interpolationWeights(const std::string& method, bool antialias, std::int64_t from, std::int64_t to) {
    Weights weights(static_cast<std::size_t>(from * to));
    for (std::int64_t i = 0; i < to; ++i) {
        double* row = weights.data() + i * from;
        if (method == "nearest") nearestRow(row, i, from, to);
        else if (antialias) areaRow(row, i, from, to, method == "bicubic");
        else pointRow(row, i, from, to, method == "bicubic");
    }
    return weights;
}

std::vector<double> transposedWeights(const std::vector<double>& weights, std::int64_t from, std::int64_t to) {
    Weights result(weights.size());
    for (std::int64_t i = 0; i < to; ++i)
        for (std::int64_t k = 0; k < from; ++k) result[static_cast<std::size_t>(k * to + i)] = weights[static_cast<std::size_t>(i * from + k)];
    return result;
}

ValueId interpolated(LayerContext& context, const std::string& method, bool antialias, std::vector<std::int64_t> size) {
    Graph& g = context.graph;
    ValueId y = context.input();
    const Shape shape = context.shape();
    const std::int64_t columns = shape.back(), rows = shape[shape.size() - 2];
    if (columns != size.back()) {
        const auto weights = transposedWeights(interpolationWeights(method, antialias, columns, size.back()), columns, size.back());
        y = ops::matMul(g, y, g.constant(context.path + "/columns", {columns, size.back()}, weights));
    }
    if (size.size() == 2 && rows != size[0])
        y = ops::matMul(g, g.constant(context.path + "/rows", {size[0], rows}, interpolationWeights(method, antialias, rows, size[0])), y);
    return y;
}

std::string interpolatedInOnnx(OnnxLayerContext& context, const std::string& method, bool antialias, std::vector<std::int64_t> size) {
    const Shape& shape = context.inputShapes()[0];
    const std::int64_t columns = shape.back(), rows = shape[shape.size() - 2];
    std::string y = context.inputs()[0];
    if (columns != size.back()) {
        const auto weights = transposedWeights(interpolationWeights(method, antialias, columns, size.back()), columns, size.back());
        y = context.add("MatMul", {y, context.constant("columns", tensorOf({columns, size.back()}, weights))});
    }
    if (size.size() == 2 && rows != size[0])
        y = context.add("MatMul", {context.constant("rows", tensorOf({size[0], rows}, interpolationWeights(method, antialias, rows, size[0]))), y});
    return y;
}

std::optional<InterpolationKind> interpolationOf(const OnnxTensor& matrix, bool transposed) {
    const auto* numbers = std::get_if<std::vector<float>>(&matrix.data);
    if (!numbers || matrix.shape.size() != 2 || matrix.shape[0] == matrix.shape[1]) return std::nullopt;
    const std::int64_t from = matrix.shape[transposed ? 0 : 1], to = matrix.shape[transposed ? 1 : 0];
    if (elementCount(matrix.shape) != static_cast<std::int64_t>(numbers->size()) || !addUpToOne(*numbers, from, to, transposed)) return std::nullopt;
    for (const std::string& method : interpolationMethods())
        for (const bool antialias : {true, false}) {
            const auto weights = interpolationWeights(method, antialias, from, to);
            if (alike(*numbers, transposed ? transposedWeights(weights, from, to) : weights)) return InterpolationKind{method, antialias};
        }
    return std::nullopt;
}

}  // namespace lamina
