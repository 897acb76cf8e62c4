#include "core/engine/initializer.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/tensor/random.h"

namespace lamina {

namespace {

using Kind = Initializer::Kind;

/// Half the width of a uniform distribution.
double limitOf(const Initializer& initializer) {
    const double in = static_cast<double>(initializer.fanIn), out = static_cast<double>(initializer.fanOut);
    switch (initializer.kind) {
        case Kind::GlorotUniform: return std::sqrt(6.0 / (in + out));
        case Kind::HeUniform: return std::sqrt(6.0 / in);
        case Kind::LecunUniform: return std::sqrt(3.0 / in);
        default: return initializer.value;
    }
}

/// Of a normal distribution; 0 where the kind has none.
double deviationOf(const Initializer& initializer) {
    const double in = static_cast<double>(initializer.fanIn), out = static_cast<double>(initializer.fanOut);
    switch (initializer.kind) {
        case Kind::GlorotNormal: return std::sqrt(2.0 / (in + out));
        case Kind::HeNormal: return std::sqrt(2.0 / in);
        case Kind::LecunNormal: return std::sqrt(1.0 / in);
        case Kind::Normal: return initializer.value;
        default: return 0;
    }
}

bool isNormal(Kind kind) { return kind == Kind::GlorotNormal || kind == Kind::HeNormal || kind == Kind::LecunNormal || kind == Kind::Normal; }

double dot(const double* a, const double* b, std::size_t n) {
    std::array<double, 8> lanes{};
    std::size_t i = 0;
    for (; i + lanes.size() <= n; i += lanes.size())
        for (std::size_t l = 0; l < lanes.size(); ++l) lanes[l] += a[i + l] * b[i + l];
    double sum = 0;
    for (; i < n; ++i) sum += a[i] * b[i];
    for (double lane : lanes) sum += lane;
    return sum;
}

/// Makes `count` vectors of `length` ≥ count numbers, one after the other, of length 1 and at right angles: modified Gram-Schmidt.
void orthonormalise(std::vector<double>& vectors, std::size_t count, std::size_t length) {
    for (std::size_t i = 0; i < count; ++i) {
        double* const v = vectors.data() + i * length;
        const double norm = std::sqrt(dot(v, v, length));
        for (std::size_t k = 0; k < length && norm > 0; ++k) v[k] /= norm;
        for (std::size_t j = i + 1; j < count; ++j) {
            double* const w = vectors.data() + j * length;
            const double along = dot(v, w, length);
            for (std::size_t k = 0; k < length; ++k) w[k] -= along * v[k];
        }
    }
}

std::vector<double> orthogonal(const Shape& shape, double factor, const RandomStream& stream) {
    const auto total = static_cast<std::size_t>(elementCount(shape)), rows = shape.empty() ? 1 : static_cast<std::size_t>(shape[0]);
    const std::size_t columns = rows == 0 ? 0 : total / rows, count = std::min(rows, columns), length = std::max(rows, columns);
    std::vector<double> vectors(total), numbers(total);
    for (std::size_t i = 0; i < total; ++i) vectors[i] = stream.normal(i);
    orthonormalise(vectors, count, length);
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < columns; ++c) numbers[r * columns + c] = factor * vectors[rows <= columns ? r * length + c : c * length + r];
    return numbers;
}

}  // namespace

std::vector<double> startNumbers(const Value& value, std::uint64_t seed) {
    const Initializer& initializer = value.initializer;
    const RandomStream stream(seed, streamOf("initialize:" + value.name));
    if (initializer.kind == Kind::Orthogonal) return orthogonal(value.shape, initializer.value == 0 ? 1 : initializer.value, stream);
    std::vector<double> numbers(static_cast<std::size_t>(elementCount(value.shape)), initializer.value);
    if (initializer.kind == Kind::Constant) return numbers;
    const bool normal = isNormal(initializer.kind);
    const double deviation = deviationOf(initializer), limit = limitOf(initializer);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = normal ? deviation * stream.normal(i) : limit * (2.0 * stream.uniform(i) - 1.0);
    return numbers;
}

}  // namespace lamina
