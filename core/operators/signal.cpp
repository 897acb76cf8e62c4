// Windows of signals, Fourier transforms, mel filters; what boxes of a picture hold.
#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"
#include "core/operators/operator_type.h"
#include "core/operators/type_codes.h"

namespace lamina {
namespace {

constexpr double pi = std::numbers::pi;

/// sum of c[k] · cos(k · 2·pi·n / N).
Operands cosineWindow(OperatorContext& context, std::vector<double> c) {
    LAMINA_TRY(const auto size, context.integers(0));
    const auto type = typeOfCode(context.node.integer("output_datatype", 1));
    if (!type) return context.badAttribute("output_datatype");
    if (size.size() != 1 || size[0] < 0) return context.badShapes();
    const double period = static_cast<double>(size[0]) - (context.node.integer("periodic", 1) ? 0 : 1);
    return context.hostOn({}, {{{size[0]}, *type}}, [c, period](auto, auto out) {
        std::vector<double> window;
        for (std::int64_t n = 0; n < out[0].count(); ++n) {
            double sum = 0;
            for (std::size_t k = 0; k < c.size(); ++k) sum += c[k] * std::cos(2 * pi * static_cast<double>(k) * static_cast<double>(n) / period);
            window.push_back(sum);
        }
        store(out[0], window);
    });
}
Operands hann(OperatorContext& context) { return cosineWindow(context, {0.5, -0.5}); }
Operands hamming(OperatorContext& context) { return cosineWindow(context, {25.0 / 46, -21.0 / 46}); }
Operands blackman(OperatorContext& context) { return cosineWindow(context, {0.42, -0.5, 0.08}); }

using Complex = std::complex<double>;

constexpr std::int64_t longestTransform = std::int64_t{1} << 16;
/// The sum as it is defined: N² steps.
std::vector<Complex> transformed(const std::vector<Complex>& x, bool inverse) {
    std::vector<Complex> y(x.size());
    const auto n = static_cast<double>(x.size());
    for (std::size_t k = 0; k < x.size(); ++k)
        for (std::size_t t = 0; t < x.size(); ++t)
            y[k] += x[t] * std::polar(inverse ? 1 / n : 1.0, (inverse ? 2 : -2) * pi * static_cast<double>(k * t % x.size()) / n);
    return y;
}

/// [batch, …, 1 or 2] along an axis; the length may be given. The axis is an attribute before opset 20, the third input since then.
Operands fourier(OperatorContext& context) {
    const bool inverse = context.node.integer("inverse", 0) != 0, oneSided = context.node.integer("onesided", 0) != 0;
    std::vector<std::int64_t> given{context.node.integer("axis", context.opset < 20 ? 1 : -2)}, length;
    if (context.has(2)) {
        LAMINA_TRY(given, context.integers(2));
    }
    if (context.has(1)) {
        LAMINA_TRY(length, context.integers(1));
    }
    Shape shape = context.shape();
    if (shape.size() < 2 || given.size() != 1 || length.size() > 1 || (shape.back() != 1 && shape.back() != 2)) return context.badShapes();
    LAMINA_TRY(const std::int64_t axis, context.axis(given[0], context.rank()));
    const std::int64_t size = length.empty() ? shape[static_cast<std::size_t>(axis)] : length[0];
    if (axis == context.rank() - 1 || size < 1 || size > longestTransform || (inverse && oneSided)) return context.badAttribute("axis");
    const std::int64_t parts = shape.back();
    shape[static_cast<std::size_t>(axis)] = oneSided ? size / 2 + 1 : size;
    shape.back() = 2;
    return context.hostOn({context.input()}, {{shape, context.type()}}, [=](auto in, auto out) {
        const auto x = load<double>(in[0]);
        const AxisSplit from(*in[0].shape, axis), to(shape, axis);
        std::vector<double> y(static_cast<std::size_t>(out[0].count()));
        for (std::int64_t o = 0; o < from.outer; ++o)
            for (std::int64_t i = 0; i < from.inner / parts; ++i) {
                std::vector<Complex> line(static_cast<std::size_t>(size));
                for (std::int64_t k = 0; k < std::min(size, from.size); ++k) {
                    const auto at = static_cast<std::size_t>((o * from.size + k) * from.inner + i * parts);
                    line[static_cast<std::size_t>(k)] = {x[at], parts == 2 ? x[at + 1] : 0};
                }
                line = transformed(line, inverse);
                for (std::int64_t k = 0; k < to.size; ++k) {
                    const auto at = static_cast<std::size_t>((o * to.size + k) * to.inner + i * 2);
                    y[at] = line[static_cast<std::size_t>(k)].real();
                    y[at + 1] = line[static_cast<std::size_t>(k)].imag();
                }
            }
        store(out[0], y);
    });
}

/// signal [N, T, 1 or 2], step, window, length → [N, frames, bins, 2].
Operands shortFourier(OperatorContext& context) {
    LAMINA_TRY(const auto step, context.integers(1));
    std::int64_t length = context.has(2) ? elementCount(context.shape(2)) : 0;
    if (context.has(3)) {
        LAMINA_TRY(const auto given, context.integers(3));
        if (given.size() != 1) return context.badShapes();
        length = given[0];
    }
    const Shape x = context.shape();
    if (x.size() < 2 || x.size() > 3 || step.size() != 1 || step[0] < 1 || length < 1 || length > longestTransform || length > x[1] ||
        (context.has(2) && context.shape(2) != Shape{length}))
        return context.badShapes();
    const std::int64_t parts = x.size() == 3 ? x[2] : 1, frames = (x[1] - length) / step[0] + 1,
                       bins = context.node.integer("onesided", 1) ? length / 2 + 1 : length;
    if (parts != 1 && parts != 2) return context.badShapes();
    const std::int64_t hop = step[0];
    return context.host({x[0], frames, bins, 2}, context.type(), [=](auto in, auto out) {
        const auto signal = load<double>(in[0]),
                   window = in.size() > 2 && in[2].data ? load<double>(in[2]) : std::vector<double>(static_cast<std::size_t>(length), 1);
        std::vector<double> y;
        for (std::int64_t n = 0; n < x[0]; ++n)
            for (std::int64_t frame = 0; frame < frames; ++frame) {
                std::vector<Complex> line;
                for (std::int64_t t = 0; t < length; ++t) {
                    const auto at = static_cast<std::size_t>((n * x[1] + frame * hop + t) * parts);
                    line.push_back(Complex(signal[at], parts == 2 ? signal[at + 1] : 0) * window[static_cast<std::size_t>(t)]);
                }
                line = transformed(line, false);
                for (std::int64_t k = 0; k < bins; ++k) {
                    y.push_back(line[static_cast<std::size_t>(k)].real());
                    y.push_back(line[static_cast<std::size_t>(k)].imag());
                }
            }
        store(out[0], y);
    });
}

double melOf(double hertz) { return 2595 * std::log10(1 + hertz / 700); }

/// Number of mel bins, length of the transform, rate, lower and upper edge → triangles [length / 2 + 1, bins].
Operands melWeights(OperatorContext& context) {
    std::vector<double> given;
    for (std::size_t i = 0; i < 5; ++i) {
        LAMINA_TRY(const auto number, context.reals(i));
        if (number.size() != 1) return context.badShapes();
        given.push_back(number[0]);
    }
    const auto type = typeOfCode(context.node.integer("output_datatype", 1));
    if (!type) return context.badAttribute("output_datatype");
    if (!(given[0] >= 1 && given[0] < 1e6 && given[1] >= 2 && given[1] < 1e6 && given[2] >= 1)) return context.badShapes();
    const auto bins = static_cast<std::int64_t>(given[0]), spectrum = static_cast<std::int64_t>(given[1]) / 2 + 1;
    return context.hostOn({}, {{{spectrum, bins}, *type}}, [=](auto, auto out) {
        const double low = melOf(given[3]), step = (melOf(given[4]) - low) / static_cast<double>(bins + 2);
        std::vector<std::int64_t> edges;
        for (std::int64_t i = 0; i < bins + 2; ++i) {
            const double hertz = 700 * (std::pow(10, (low + step * static_cast<double>(i)) / 2595) - 1);
            edges.push_back(static_cast<std::int64_t>(std::floor((given[1] + 1) * hertz / given[2])));
        }
        std::vector<double> y(static_cast<std::size_t>(spectrum * bins));
        const auto set = [&](std::int64_t row, std::int64_t bin, double weight) {
            if (row >= 0 && row < spectrum) y[static_cast<std::size_t>(row * bins + bin)] = weight;
        };
        for (std::int64_t bin = 0; bin < bins; ++bin) {
            const auto at = edges.begin() + bin;
            if (at[1] == at[0]) set(at[1], bin, 1);
            for (std::int64_t k = at[0]; k <= at[1] && at[1] > at[0]; ++k)
                set(k, bin, static_cast<double>(k - at[0]) / static_cast<double>(at[1] - at[0]));
            for (std::int64_t k = at[1]; k < at[2]; ++k) set(k, bin, static_cast<double>(at[2] - k) / static_cast<double>(at[2] - at[1]));
        }
        store(out[0], y);
    });
}

/// One number of a plane between its four neighbours, as RoiAlign reads it.
struct Bilinear {
    std::int64_t places[4] = {0, 0, 0, 0};
    double weights[4] = {0, 0, 0, 0};
};
Bilinear between(double y, double x, std::int64_t height, std::int64_t width) {
    Bilinear result;
    if (!(y >= -1 && x >= -1 && y <= static_cast<double>(height) && x <= static_cast<double>(width))) return result;
    y = std::clamp(y, 0.0, static_cast<double>(height - 1));
    x = std::clamp(x, 0.0, static_cast<double>(width - 1));
    const auto top = static_cast<std::int64_t>(y), left = static_cast<std::int64_t>(x), bottom = std::min(top + 1, height - 1),
               right = std::min(left + 1, width - 1);
    const double down = y - static_cast<double>(top), along = x - static_cast<double>(left);
    return {{top * width + left, top * width + right, bottom * width + left, bottom * width + right},
            {(1 - down) * (1 - along), (1 - down) * along, down * (1 - along), down * along}};
}

struct RoiForm {
    std::int64_t height = 1, width = 1, samples = 0;
    double scale = 1, shift = 0;
    bool largest = false;
};

/// The mean (or the largest weighted neighbour) of the samples in one cell of a box.
double cellOf(const RoiForm& form, const double* plane, std::int64_t height, std::int64_t width, const double* box, std::int64_t row,
              std::int64_t column) {
    const double left = box[0] * form.scale - form.shift, top = box[1] * form.scale - form.shift;
    double boxWidth = box[2] * form.scale - form.shift - left, boxHeight = box[3] * form.scale - form.shift - top;
    if (form.shift == 0) {
        boxWidth = std::max(boxWidth, 1.0);
        boxHeight = std::max(boxHeight, 1.0);
    }
    const double cellHeight = boxHeight / static_cast<double>(form.height), cellWidth = boxWidth / static_cast<double>(form.width);
    const auto count = [&](double size) {
        return form.samples > 0 ? form.samples : std::clamp<std::int64_t>(static_cast<std::int64_t>(std::ceil(size)), 1, 256);
    };
    const std::int64_t down = count(cellHeight), along = count(cellWidth);
    double sum = 0, best = 0;
    for (std::int64_t i = 0; i < down; ++i)
        for (std::int64_t j = 0; j < along; ++j) {
            const double y = top + cellHeight * (static_cast<double>(row) + (static_cast<double>(i) + 0.5) / static_cast<double>(down));
            const double x = left + cellWidth * (static_cast<double>(column) + (static_cast<double>(j) + 0.5) / static_cast<double>(along));
            const Bilinear place = between(y, x, height, width);
            for (int k = 0; k < 4; ++k) {
                const double number = place.weights[k] * plane[place.places[k]];
                sum += number;
                best = i + j + k == 0 ? number : std::max(best, number);
            }
        }
    return form.largest ? best : sum / static_cast<double>(down * along);
}

/// x [N,C,H,W], boxes [R,4] (x1, y1, x2, y2), which item [R].
Operands roiAlign(OperatorContext& context) {
    RoiForm form{context.node.integer("output_height", 1),
                 context.node.integer("output_width", 1),
                 context.node.integer("sampling_ratio", 0),
                 context.node.number("spatial_scale", 1),
                 0,
                 false};
    form.shift =
        context.node.text("coordinate_transformation_mode", context.opset < 16 ? "output_half_pixel" : "half_pixel") == "half_pixel" ? 0.5 : 0;
    form.largest = context.node.text("mode", "avg") == "max";
    const Shape &x = context.shape(0), &boxes = context.shape(1);
    if (form.height < 1 || form.width < 1 || form.samples < 0 || form.samples > 256) return context.badAttribute("output_height");
    if (x.size() != 4 || elementCount(x) == 0 || boxes.size() != 2 || boxes[1] != 4 || context.shape(2) != Shape{boxes[0]})
        return context.badShapes();
    return context.host({boxes[0], x[1], form.height, form.width}, context.type(), [form, x](auto in, auto out) {
        const auto numbers = load<double>(in[0]), corners = load<double>(in[1]);
        const auto items = load<std::int64_t>(in[2]);
        std::vector<double> y;
        for (std::size_t box = 0; box < items.size(); ++box) {
            const std::int64_t item = std::clamp<std::int64_t>(items[box], 0, x[0] - 1);
            for (std::int64_t c = 0; c < x[1]; ++c)
                for (std::int64_t i = 0; i < form.height * form.width; ++i)
                    y.push_back(cellOf(form, numbers.data() + (item * x[1] + c) * x[2] * x[3], x[2], x[3], corners.data() + box * 4, i / form.width,
                                       i % form.width));
        }
        store(out[0], y);
    });
}

}  // namespace

const OperatorFamily& signal_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "HannWindow", .since = 17, .types = {places}, .constants = {0}, .translate = hann},
        {.name = "HammingWindow", .since = 17, .types = {places}, .constants = {0}, .translate = hamming},
        {.name = "BlackmanWindow", .since = 17, .types = {places}, .constants = {0}, .translate = blackman},
        {.name = "DFT", .since = 17, .types = {reals, places, places}, .constants = {1, 2}, .translate = fourier},
        {.name = "STFT", .since = 17, .types = {reals, places, reals, places}, .constants = {1, 3}, .translate = shortFourier, .minimumInputs = 2},
        {.name = "MelWeightMatrix",
         .since = 17,
         .types = {places, places, places, reals, reals},
         .constants = {0, 1, 2, 3, 4},
         .translate = melWeights,
         .minimumInputs = 5},
        {.name = "RoiAlign", .since = 10, .types = {reals, reals, of(DType::Int64)}, .translate = roiAlign, .minimumInputs = 3},
    }};
    return family;
}

}  // namespace lamina
