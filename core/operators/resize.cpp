// Resize in its many forms, and reading at free places (GridSample).
#include <algorithm>
#include <cmath>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"
#include "core/operators/operator_type.h"

namespace lamina {
namespace {

/// What one axis of the result reads: `taps` places of the input with their weights per element; a place of -1 is the value outside.
struct AxisReader {
    std::int64_t taps = 1;
    std::vector<std::int64_t> places;
    std::vector<double> weights;
};

struct ResizeForm {
    std::string mode, coordinates, nearest;
    double cubic = -0.75;
    bool excludeOutside = false, antialias = false;
    double outside = 0;
};

/// Where element `i` of the result stands in the input.
double sourceOf(const ResizeForm& form, std::int64_t i, double scale, std::int64_t from, std::int64_t to, double begin, double end) {
    const auto x = static_cast<double>(i), inputs = static_cast<double>(from);
    const double outputs = scale * inputs;  // not rounded: ONNX's definition
    if (form.coordinates == "align_corners") return to == 1 ? 0 : x * (inputs - 1) / (outputs - 1);
    if (form.coordinates == "asymmetric") return x / scale;
    if (form.coordinates == "pytorch_half_pixel") return to > 1 ? (x + 0.5) / scale - 0.5 : 0;
    if (form.coordinates == "tf_half_pixel_for_nn") return (x + 0.5) / scale;
    if (form.coordinates == "half_pixel_symmetric") {
        const double adjustment = static_cast<double>(to) / outputs;
        return inputs / 2 * (1 - adjustment) + (x + 0.5) / scale - 0.5;
    }
    if (form.coordinates == "tf_crop_and_resize")
        return to > 1 ? begin * (inputs - 1) + x * (end - begin) * (inputs - 1) / (outputs - 1) : 0.5 * (begin + end) * (inputs - 1);
    return (x + 0.5) / scale - 0.5;
}

std::int64_t nearestOf(const std::string& mode, double x) {
    if (mode == "ceil") return static_cast<std::int64_t>(std::ceil(x));
    if (mode == "floor") return static_cast<std::int64_t>(std::floor(x));
    if (mode == "round_prefer_ceil") return static_cast<std::int64_t>(std::floor(x + 0.5));
    return static_cast<std::int64_t>(std::ceil(x - 0.5));
}

/// Keys' cubic (1981) with factor a.
double cubicWeight(double x, double a) {
    x = std::fabs(x);
    if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
    if (x < 2) return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
    return 0;
}

AxisReader readerOf(const ResizeForm& form, std::int64_t from, std::int64_t to, double scale, double begin, double end) {
    AxisReader reader;
    const bool crop = form.coordinates == "tf_crop_and_resize", smooth = form.mode != "nearest";
    const double stretch = form.antialias && smooth && scale < 1 ? scale : 1;
    const double support = form.mode == "cubic" ? 2 / stretch : 1 / stretch;
    reader.taps = smooth ? 2 * static_cast<std::int64_t>(std::ceil(support)) : 1;
    for (std::int64_t i = 0; i < to; ++i) {
        const double x = sourceOf(form, i, scale, from, to, begin, end);
        const bool outside = crop && (x < 0 || x > static_cast<double>(from - 1));
        if (!smooth) {
            reader.places.push_back(outside ? -1 : std::clamp<std::int64_t>(nearestOf(form.nearest, x), 0, from - 1));
            reader.weights.push_back(1);
            continue;
        }
        double sum = 0;
        const auto first = static_cast<std::int64_t>(std::floor(x)) - reader.taps / 2 + 1;
        for (std::int64_t tap = 0; tap < reader.taps; ++tap) {
            const std::int64_t place = first + tap;
            const double distance = (x - static_cast<double>(place)) * stretch;
            double weight = form.mode == "cubic" ? cubicWeight(distance, form.cubic) : std::fmax(0, 1 - std::fabs(distance));
            if (form.excludeOutside && (place < 0 || place >= from)) weight = 0;
            reader.places.push_back(outside ? -1 : std::clamp<std::int64_t>(place, 0, from - 1));
            reader.weights.push_back(weight);
            sum += weight;
        }
        for (std::int64_t tap = 0; tap < reader.taps && sum != 0; ++tap)
            reader.weights[reader.weights.size() - 1 - static_cast<std::size_t>(tap)] /= sum;
    }
    return reader;
}

/// One axis after the other: the result is the product of the axes' weights. What lies outside stays outside.
std::vector<double> resizedAlong(const std::vector<double>& x, const AxisSplit& split, const AxisReader& reader, double outside) {
    const auto to = static_cast<std::int64_t>(reader.places.size()) / reader.taps;
    std::vector<double> y(static_cast<std::size_t>(split.outer * to * split.inner));
    for (std::int64_t o = 0; o < split.outer; ++o)
        for (std::int64_t i = 0; i < to; ++i)
            for (std::int64_t k = 0; k < split.inner; ++k) {
                double sum = 0;
                bool beyond = false;
                for (std::int64_t tap = 0; tap < reader.taps; ++tap) {
                    const auto at = static_cast<std::size_t>(i * reader.taps + tap);
                    beyond = beyond || reader.places[at] < 0;
                    if (reader.places[at] >= 0 && reader.weights[at] != 0)
                        sum += reader.weights[at] * x[static_cast<std::size_t>((o * split.size + reader.places[at]) * split.inner + k)];
                }
                y[static_cast<std::size_t>((o * to + i) * split.inner + k)] = beyond ? outside : sum;
            }
    return y;
}

struct Sizes {
    Shape shape;
    std::vector<double> scales;
};

/// From scales or sizes, for the axes named; "not_larger" and "not_smaller" keep the aspect ratio.
Result<Sizes> sizesOf(const OperatorContext& context, const std::vector<std::int64_t>& axes, std::size_t scalesInput, std::size_t sizesInput) {
    Sizes sizes{context.shape(), std::vector<double>(context.shape().size(), 1)};
    std::vector<double> scales, wanted;
    if (context.has(scalesInput)) {
        LAMINA_TRY(scales, context.reals(scalesInput));
    }
    if (context.has(sizesInput)) {
        LAMINA_TRY(wanted, context.reals(sizesInput));
    }
    if (scales.empty() == wanted.empty() || (scales.empty() ? wanted : scales).size() != axes.size()) return context.badShapes();
    const std::string policy = context.node.text("keep_aspect_ratio_policy", "stretch");
    double common = 0;
    for (std::size_t i = 0; i < axes.size() && !wanted.empty() && policy != "stretch"; ++i) {
        const double ratio = wanted[i] / static_cast<double>(context.shape()[static_cast<std::size_t>(axes[i])]);
        common = i == 0 ? ratio : policy == "not_larger" ? std::min(common, ratio) : std::max(common, ratio);
    }
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const auto axis = static_cast<std::size_t>(axes[i]);
        const auto from = static_cast<double>(context.shape()[axis]);
        const double to = !scales.empty() ? std::floor(from * scales[i]) : policy == "stretch" ? wanted[i] : std::floor(from * common + 0.5);
        if (from < 1 || !(to >= 1) || to > 2e9) return context.badShapes();
        sizes.shape[axis] = static_cast<std::int64_t>(to);
        sizes.scales[axis] = !scales.empty() ? scales[i] : policy == "stretch" ? to / from : common;
    }
    return sizes;
}

Operands resizedBy(OperatorContext& context, const ResizeForm& form, const Sizes& sizes, const std::vector<double>& begins,
                   const std::vector<double>& ends) {
    std::vector<AxisReader> readers;
    for (std::size_t axis = 0; axis < sizes.shape.size(); ++axis) {
        const std::int64_t from = context.shape()[axis], to = sizes.shape[axis];
        const bool whole = form.coordinates == "tf_crop_and_resize" ? begins[axis] == 0 && ends[axis] == 1 : true;
        AxisReader reader;
        if (from != to || sizes.scales[axis] != 1 || !whole) reader = readerOf(form, from, to, sizes.scales[axis], begins[axis], ends[axis]);
        readers.push_back(std::move(reader));
    }
    return context.hostOn({context.input()}, {{sizes.shape, context.type()}},
                          [readers = std::move(readers), outside = form.outside](auto in, auto out) {
                              auto numbers = load<double>(in[0]);
                              Shape shape = *in[0].shape;
                              for (std::size_t axis = 0; axis < shape.size(); ++axis) {
                                  if (readers[axis].places.empty()) continue;
                                  numbers = resizedAlong(numbers, AxisSplit(shape, static_cast<std::int64_t>(axis)), readers[axis], outside);
                                  shape[axis] = static_cast<std::int64_t>(readers[axis].places.size()) / readers[axis].taps;
                              }
                              store(out[0], numbers);
                          });
}

bool oneOf(const std::string& word, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* known) { return word == known; });
}

/// x, roi, scales, sizes since opset 11; x, scales in opset 10.
Operands resize(OperatorContext& context) {
    const bool old = context.opset < 11;
    ResizeForm form;
    form.mode = context.node.text("mode", "nearest");
    form.coordinates = context.node.text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel");
    form.nearest = context.node.text("nearest_mode", old ? "floor" : "round_prefer_floor");
    form.cubic = context.node.number("cubic_coeff_a", -0.75);
    form.excludeOutside = context.node.integer("exclude_outside", 0) != 0;
    form.antialias = context.node.integer("antialias", 0) != 0;
    form.outside = context.node.number("extrapolation_value", 0);
    if (!oneOf(form.mode, {"nearest", "linear", "cubic"})) return context.badAttribute("mode");
    if (!oneOf(form.nearest, {"ceil", "floor", "round_prefer_ceil", "round_prefer_floor"})) return context.badAttribute("nearest_mode");
    if (!oneOf(form.coordinates, {"half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", "tf_half_pixel_for_nn", "tf_crop_and_resize",
                                  "half_pixel_symmetric"}))
        return context.badAttribute("coordinate_transformation_mode");
    std::vector<std::int64_t> axes;
    for (std::int64_t axis = 0; axis < context.rank(); ++axis) axes.push_back(axis);
    LAMINA_TRY(axes, context.axes(context.node.integers("axes", axes), context.rank()));
    LAMINA_TRY(const Sizes sizes, sizesOf(context, axes, old ? 1 : 2, old ? 99 : 3));
    std::vector<double> begins(context.shape().size(), 0), ends(context.shape().size(), 1);
    if (form.coordinates == "tf_crop_and_resize") {
        LAMINA_TRY(const auto region, context.reals(1));
        if (region.size() != 2 * axes.size()) return context.badShapes();
        for (std::size_t i = 0; i < axes.size(); ++i) {
            begins[static_cast<std::size_t>(axes[i])] = region[i];
            ends[static_cast<std::size_t>(axes[i])] = region[i + axes.size()];
        }
    }
    return resizedBy(context, form, sizes, begins, ends);
}

/// As Resize with the corners of the elements aligned at 0.
Operands upsample(OperatorContext& context) {
    ResizeForm form{context.node.text("mode", "nearest"), "asymmetric", "floor"};
    if (form.mode == "bilinear") form.mode = "linear";
    if (!oneOf(form.mode, {"nearest", "linear"})) return context.badAttribute("mode");
    std::vector<std::int64_t> axes;
    for (std::int64_t axis = 0; axis < context.rank(); ++axis) axes.push_back(axis);
    LAMINA_TRY(const Sizes sizes, sizesOf(context, axes, 1, 99));
    return resizedBy(context, form, sizes, std::vector<double>(axes.size(), 0), std::vector<double>(axes.size(), 1));
}

/// How GridSample reads one plane (or volume) of numbers.
struct Sampler {
    std::string mode, padding;
    bool corners = false;
    Shape shape;

    double denormalized(double x, std::int64_t size) const {
        return corners ? (x + 1) / 2 * static_cast<double>(size - 1) : ((x + 1) * static_cast<double>(size) - 1) / 2;
    }
    double reflected(double x, std::int64_t size) const {
        const double low = corners ? 0 : -0.5, high = corners ? static_cast<double>(size - 1) : static_cast<double>(size) - 0.5, range = high - low;
        if (range <= 0) return 0;
        const double distance = std::fmod(std::fabs(x - low), 2 * range);
        return low + (distance > range ? 2 * range - distance : distance);
    }
    double held(double x, std::int64_t size) const {
        if (padding == "zeros") return x;
        return std::clamp(padding == "border" ? x : reflected(x, size), 0.0, static_cast<double>(size - 1));
    }
    /// The number at whole coordinates; 0 outside.
    double at(const double* numbers, const std::vector<double>& place) const {
        std::int64_t index = 0;
        for (std::size_t axis = 0; axis < shape.size(); ++axis) {
            const double x = held(place[axis], shape[axis]);
            if (!(x >= 0 && x < static_cast<double>(shape[axis]))) return 0;
            index = index * shape[axis] + static_cast<std::int64_t>(x);
        }
        return numbers[index];
    }
    /// `grid` has the coordinates from the last axis to the first.
    double sample(const double* numbers, const double* grid) const {
        const std::size_t axes = shape.size();
        std::vector<double> x(axes), place(axes);
        for (std::size_t axis = 0; axis < axes; ++axis) {
            x[axis] = denormalized(grid[axes - 1 - axis], shape[axis]);
            if (!std::isfinite(x[axis])) return 0;
            if (mode != "cubic") x[axis] = held(x[axis], shape[axis]);
            place[axis] = std::nearbyint(x[axis]);
        }
        if (mode == "nearest") return at(numbers, place);
        const std::int64_t taps = mode == "cubic" ? 4 : 2;
        std::vector<std::int64_t> tap(axes);
        double sum = 0;
        do {
            double weight = 1;
            for (std::size_t axis = 0; axis < axes; ++axis) {
                place[axis] = std::floor(x[axis]) + static_cast<double>(tap[axis] - taps / 2 + 1);
                weight *= taps == 4 ? cubicWeight(x[axis] - place[axis], -0.75) : 1 - std::fabs(x[axis] - place[axis]);
            }
            if (weight != 0) sum += weight * at(numbers, place);
        } while (advance(tap, Shape(axes, taps)));
        return sum;
    }
};

/// x[N,C,…], grid[N,…,axes] → [N,C,…].
Operands gridSample(OperatorContext& context) {
    const Shape &x = context.shape(0), &grid = context.shape(1);
    if (x.size() < 4 || x.size() > 5 || grid.size() != x.size() || grid[0] != x[0] || grid.back() != context.rank() - 2 || elementCount(x) == 0)
        return context.badShapes();
    Sampler sampler{context.node.text("mode", "linear"),
                    context.node.text("padding_mode", "zeros"),
                    context.node.integer("align_corners", 0) != 0,
                    {x.begin() + 2, x.end()}};
    if (sampler.mode == "bilinear") sampler.mode = "linear";
    if (sampler.mode == "bicubic") sampler.mode = "cubic";
    if (!oneOf(sampler.mode, {"nearest", "linear", "cubic"})) return context.badAttribute("mode");
    if (!oneOf(sampler.padding, {"zeros", "border", "reflection"})) return context.badAttribute("padding_mode");
    Shape shape{x[0], x[1]};
    shape.insert(shape.end(), grid.begin() + 1, grid.end() - 1);
    return context.host(shape, context.type(), [sampler](auto in, auto out) {
        const auto numbers = load<double>(in[0]), places = load<double>(in[1]);
        const Shape& to = *out[0].shape;
        const auto axes = static_cast<std::int64_t>(sampler.shape.size()), plane = out[0].count() / std::max<std::int64_t>(1, to[0] * to[1]);
        std::vector<double> y;
        for (std::int64_t p = 0; p < to[0] * to[1]; ++p)
            for (std::int64_t i = 0; i < plane; ++i)
                y.push_back(sampler.sample(numbers.data() + p * elementCount(sampler.shape), places.data() + (p / to[1] * plane + i) * axes));
        store(out[0], y);
    });
}

}  // namespace

const OperatorFamily& resize_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "Resize", .since = 10, .types = {numbers, reals, reals, places}, .constants = {1, 2, 3}, .translate = resize},
        {.name = "Upsample", .since = 9, .types = {numbers, reals}, .constants = {1}, .translate = upsample, .minimumInputs = 2},
        {.name = "GridSample", .since = 16, .types = {numbers, reals}, .translate = gridSample, .minimumInputs = 2},
    }};
    return family;
}

}  // namespace lamina
