// Convolutions over any number of axes, forward and transposed, and those of whole numbers.
#include <algorithm>
#include <cmath>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"
#include "core/operators/windows.h"

namespace lamina {
namespace {

/// x[N,C,…] and w[O,C/groups,…] (transposed: w[C,O/groups,…]).
struct Form {
    Windows windows;
    std::int64_t batch = 1, in = 1, out = 1, groups = 1;
    Shape shape;  ///< of the result
};

Result<std::int64_t> groupsOf(const OperatorContext& context, const Shape& x, const Shape& w) {
    const std::int64_t groups = context.node.integer("group", 1);
    if (groups < 1) return context.badAttribute("group");
    if (x.size() < 3 || w.size() != x.size() || x[1] % groups != 0 || w[0] % groups != 0 || elementCount(x) == 0 || elementCount(w) == 0)
        return context.badShapes();
    const auto kernel = context.node.integers("kernel_shape", {w.begin() + 2, w.end()});
    if (!std::equal(kernel.begin(), kernel.end(), w.begin() + 2, w.end())) return context.badAttribute("kernel_shape");
    return groups;
}

Result<Form> formOf(const OperatorContext& context, std::size_t input, std::size_t weights) {
    const Shape &x = context.shape(input), &w = context.shape(weights);
    Form form;
    LAMINA_TRY(form.groups, groupsOf(context, x, w));
    if (x[1] / form.groups != w[1]) return context.badShapes();
    LAMINA_TRY(form.windows, windowsOf(context, x, {w.begin() + 2, w.end()}));
    form.batch = x[0];
    form.in = x[1];
    form.out = w[0];
    form.shape = {x[0], w[0]};
    form.shape.insert(form.shape.end(), form.windows.output.begin(), form.windows.output.end());
    return form;
}

/// use(n, o, c, plane of w): all pairs of channels that meet.
template <class Use> void forEachPair(const Form& form, Use&& use) {
    const std::int64_t inPer = form.in / form.groups, outPer = form.out / form.groups;
    for (std::int64_t n = 0; n < form.batch; ++n)
        for (std::int64_t o = 0; o < form.out; ++o)
            for (std::int64_t c = 0; c < inPer; ++c) use(n, o, o / outPer * inPer + c, c);
}

template <class N> std::vector<N> convolved(const Form& form, const std::vector<N>& x, const std::vector<N>& w) {
    const std::int64_t inPlane = elementCount(form.windows.input), outPlane = elementCount(form.windows.output), taps = form.windows.taps();
    const std::int64_t inPer = form.in / form.groups;
    std::vector<N> y(static_cast<std::size_t>(form.batch * form.out * outPlane));
    forEachPair(form, [&](std::int64_t n, std::int64_t o, std::int64_t c, std::int64_t own) {
        const N* from = x.data() + (n * form.in + c) * inPlane;
        const N* weights = w.data() + (o * inPer + own) * taps;
        N* to = y.data() + (n * form.out + o) * outPlane;
        forEachTap(form.windows, [&](std::int64_t place, std::int64_t tap, std::int64_t source) { to[place] += from[source] * weights[tap]; });
    });
    return y;
}

bool fitsBias(const OperatorContext& context, std::size_t input, std::int64_t channels) {
    return !context.has(input) || context.shape(input) == Shape{channels};
}

/// y[n, o, …] + bias[o], for planes of `plane` numbers.
template <class N> void addBias(std::vector<N>& y, const HostTensor& bias, std::int64_t plane) {
    const auto numbers = load<N>(bias);
    for (std::size_t i = 0; i < y.size(); ++i) y[i] += numbers[i / static_cast<std::size_t>(plane) % numbers.size()];
}

Operands finished(OperatorContext& context, ValueId y, const Shape& shape) {
    Graph& g = context.graph;
    if (context.has(2)) y = ops::addBias(g, y, context.value(2));
    if (!g.error() && g.shape(y) != shape) y = ops::reshape(g, y, shape);
    return context.ops(y);
}

Operands convolution(OperatorContext& context) {
    LAMINA_TRY(const Form form, formOf(context, 0, 1));
    if (!fitsBias(context, 2, form.out) || context.type(0) != context.type(1)) return context.badShapes();
    if (context.inOps() && inEngine(form.windows)) {
        WindowAttributes window = engineWindow(form.windows);
        window.groups = form.groups;
        return finished(context, ops::conv2d(context.graph, inTwoAxes(context, 0), inTwoAxes(context, 1), window), form.shape);
    }
    return context.host(form.shape, context.type(), [form](auto in, auto out) {
        auto y = convolved(form, load<double>(in[0]), load<double>(in[1]));
        if (in.size() > 2 && in[2].data) addBias(y, in[2], elementCount(form.windows.output));
        store(out[0], y);
    });
}

/// x, w, x_zero, w_zero.
Operands wholeConvolution(OperatorContext& context) {
    LAMINA_TRY(const Form form, formOf(context, 0, 1));
    return context.host(form.shape, DType::Int32, [form](auto in, auto out) {
        auto x = load<std::int64_t>(in[0]), w = load<std::int64_t>(in[1]);
        if (in.size() > 2 && in[2].data)
            for (const std::int64_t zero = load<std::int64_t>(in[2])[0]; std::int64_t& number : x) number -= zero;
        if (in.size() > 3 && in[3].data) {
            const auto zeros = load<std::int64_t>(in[3]);
            const std::size_t each = w.size() / static_cast<std::size_t>(form.out);
            for (std::size_t i = 0; i < w.size(); ++i) w[i] -= zeros[zeros.size() == 1 ? 0 : i / each % zeros.size()];
        }
        store(out[0], convolved(form, x, w));
    });
}

/// x, x_scale, x_zero, w, w_scale, w_zero, y_scale, y_zero, bias (int32, in the scale of x · w).
Operands quantizedConvolution(OperatorContext& context) {
    LAMINA_TRY(const Form form, formOf(context, 0, 3));
    for (const std::size_t i : {1u, 2u, 6u, 7u})
        if (elementCount(context.shape(i)) != 1) return context.badShapes();
    for (const std::size_t i : {4u, 5u})
        if (elementCount(context.shape(i)) != 1 && elementCount(context.shape(i)) != form.out) return context.badShapes();
    if (!fitsBias(context, 8, form.out)) return context.badShapes();
    return context.host(form.shape, context.type(7), [form](auto in, auto out) {
        auto x = load<std::int64_t>(in[0]), w = load<std::int64_t>(in[3]);
        for (const std::int64_t zero = load<std::int64_t>(in[2])[0]; std::int64_t& number : x) number -= zero;
        const auto zeros = load<std::int64_t>(in[5]);
        const auto scales = load<double>(in[4]);
        for (std::size_t i = 0; i < w.size(); ++i) w[i] -= zeros[i / (w.size() / static_cast<std::size_t>(form.out)) % zeros.size()];
        auto sums = convolved(form, x, w);
        const std::int64_t plane = elementCount(form.windows.output);
        if (in.size() > 8 && in[8].data) addBias(sums, in[8], plane);
        const double scale = load<double>(in[1])[0] / load<double>(in[6])[0], zero = load<double>(in[7])[0],
                     low = out[0].type == DType::UInt8 ? 0 : -128;
        std::vector<double> y;
        for (std::size_t i = 0; i < sums.size(); ++i) {
            const double weight = scales[i / static_cast<std::size_t>(plane) % static_cast<std::size_t>(form.out) % scales.size()];
            y.push_back(std::clamp(std::nearbyint(static_cast<double>(sums[i]) * scale * weight) + zero, low, low + 255));
        }
        store(out[0], y);
    });
}

/// The convolution whose gradient this is: its input is our output. Pads follow from output_shape or auto_pad where these are given.
Result<Form> transposedForm(const OperatorContext& context) {
    const Shape &x = context.shape(0), &w = context.shape(1);
    Form form;
    LAMINA_TRY(form.groups, groupsOf(context, x, w));
    if (x[1] != w[0]) return context.badShapes();
    const std::size_t axes = x.size() - 2;
    Windows& windows = form.windows;
    windows.kernel.assign(w.begin() + 2, w.end());
    windows.output.assign(x.begin() + 2, x.end());
    LAMINA_TRY(windows.stride, perAxis(context, "strides", axes, 1, 1));
    LAMINA_TRY(windows.dilation, perAxis(context, "dilations", axes, 1, 1));
    LAMINA_TRY(const auto more, perAxis(context, "output_padding", axes, 0, 0));
    const auto pads = context.node.integers("pads", std::vector<std::int64_t>(2 * axes, 0));
    const auto asked = context.node.integers("output_shape", {});
    const std::string padding = context.node.text("auto_pad", "NOTSET");
    const bool same = padding == "SAME_UPPER" || padding == "SAME_LOWER";
    if (pads.size() != 2 * axes) return context.badAttribute("pads");
    if (!asked.empty() && asked.size() != axes && asked.size() != axes + 2) return context.badAttribute("output_shape");
    form.shape = {x[0], w[1] * form.groups};
    for (std::size_t axis = 0; axis < axes; ++axis) {
        const std::int64_t full = windows.stride[axis] * (windows.output[axis] - 1) + more[axis] + windows.extent(axis);
        std::int64_t before = padding == "VALID" ? 0 : pads[axis], after = padding == "VALID" ? 0 : pads[axis + axes];
        std::int64_t size = full - before - after;
        if (!asked.empty() || same) {
            size = !asked.empty() ? asked[asked.size() - axes + axis] : windows.output[axis] * windows.stride[axis];
            const std::int64_t total = std::max<std::int64_t>(0, full - size);
            before = padding == "SAME_UPPER" ? total / 2 : total - total / 2;
            after = total - before;
        }
        if (before < 0 || after < 0 || size < 1 || size > (std::int64_t{1} << 31)) return context.badAttribute("pads");
        windows.before.push_back(before);
        windows.after.push_back(after);
        windows.input.push_back(size);
        form.shape.push_back(size);
    }
    form.batch = x[0];
    form.in = form.shape[1];
    form.out = x[1];
    return form;
}

/// The engine's op needs the convolution of our output to give exactly the input.
bool isExactGradient(const Form& form) {
    const Windows& w = form.windows;
    for (std::size_t axis = 0; axis < w.axes(); ++axis) {
        const std::int64_t span = w.input[axis] + w.before[axis] + w.after[axis] - w.extent(axis);
        if (span < 0 || span / w.stride[axis] + 1 != w.output[axis]) return false;
    }
    return true;
}

Operands transposedConvolution(OperatorContext& context) {
    LAMINA_TRY(const Form form, transposedForm(context));
    if (!fitsBias(context, 2, form.in) || context.type(0) != context.type(1)) return context.badShapes();
    if (context.inOps() && inEngine(form.windows) && isExactGradient(form)) {
        WindowAttributes window = engineWindow(form.windows);
        for (std::size_t axis = 0; axis < form.windows.axes(); ++axis) window.padding[axis + 4 - form.windows.axes()] = form.windows.after[axis];
        window.groups = form.groups;
        window.otherShape = withTwoAxes(form.shape);
        return finished(context, ops::conv2dBackwardData(context.graph, inTwoAxes(context, 0), inTwoAxes(context, 1), window), form.shape);
    }
    return context.host(form.shape, context.type(), [form](auto in, auto out) {
        const auto x = load<double>(in[0]), w = load<double>(in[1]);
        const std::int64_t large = elementCount(form.windows.input), small = elementCount(form.windows.output), taps = form.windows.taps(),
                           inPer = form.in / form.groups;
        std::vector<double> y(static_cast<std::size_t>(out[0].count()));
        forEachPair(form, [&](std::int64_t n, std::int64_t o, std::int64_t c, std::int64_t own) {
            const double* from = x.data() + (n * form.out + o) * small;
            const double* weights = w.data() + (o * inPer + own) * taps;
            double* to = y.data() + (n * form.in + c) * large;
            forEachTap(form.windows, [&](std::int64_t place, std::int64_t tap, std::int64_t target) { to[target] += from[place] * weights[tap]; });
        });
        if (in.size() > 2 && in[2].data) addBias(y, in[2], large);
        store(out[0], y);
    });
}

}  // namespace

const OperatorFamily& convolution_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "Conv", .types = {reals}, .translate = convolution, .minimumInputs = 2},
        {.name = "ConvTranspose", .types = {reals}, .translate = transposedConvolution, .minimumInputs = 2},
        {.name = "ConvInteger", .since = 10, .types = {bytes}, .translate = wholeConvolution, .minimumInputs = 2},
        {.name = "QLinearConv",
         .since = 10,
         .types = {bytes, reals, bytes, bytes, reals, bytes, reals, bytes, of(DType::Int32)},
         .translate = quantizedConvolution,
         .minimumInputs = 8},
    }};
    return family;
}

}  // namespace lamina
