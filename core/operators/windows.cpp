#include "core/operators/windows.h"

#include <algorithm>

namespace lamina {
namespace {

constexpr std::int64_t longest = std::int64_t{1} << 31;

/// Sizes that a file claims may be any number; sums of a few of these do not overflow.
bool within(const std::vector<std::int64_t>& numbers, std::int64_t least) {
    return std::all_of(numbers.begin(), numbers.end(), [&](std::int64_t number) { return number >= least && number < longest; });
}

/// SAME: as many outputs as strides begin in the input, the borders shared out, the odd one after (upper) or before.
void padAlike(Windows& w, bool upper) {
    for (std::size_t axis = 0; axis < w.axes(); ++axis) {
        const std::int64_t outputs = (w.input[axis] + w.stride[axis] - 1) / w.stride[axis];
        const std::int64_t total = std::max<std::int64_t>(0, (outputs - 1) * w.stride[axis] + w.extent(axis) - w.input[axis]);
        w.before[axis] = upper ? total / 2 : total - total / 2;
        w.after[axis] = total - w.before[axis];
    }
}

std::int64_t outputSize(const Windows& w, std::size_t axis, bool ceiling) {
    const std::int64_t span = w.input[axis] + w.before[axis] + w.after[axis] - w.extent(axis);
    if (span < 0) return 0;
    std::int64_t outputs = span / w.stride[axis] + 1;
    // A window that begins behind the input and its first border would see nothing.
    if (ceiling && span % w.stride[axis] != 0 && outputs * w.stride[axis] < w.input[axis] + w.before[axis]) ++outputs;
    return outputs;
}

}  // namespace

Result<std::vector<std::int64_t>> perAxis(const OperatorContext& context, const std::string& attribute, std::size_t axes, std::int64_t least,
                                          std::int64_t otherwise) {
    auto numbers = context.node.integers(attribute, std::vector<std::int64_t>(axes, otherwise));
    if (numbers.size() != axes || !within(numbers, least)) return context.badAttribute(attribute);
    return numbers;
}

Result<Windows> windowsOf(const OperatorContext& context, const Shape& x, std::vector<std::int64_t> kernel) {
    if (x.size() < 3 || kernel.size() != x.size() - 2 || !within(kernel, 1) || checkedElementCount(kernel, longest) < 0)
        return context.badAttribute("kernel_shape");
    Windows w{{x.begin() + 2, x.end()}, {}, std::move(kernel), {}, {}, {}, {}};
    const std::size_t axes = w.axes();
    LAMINA_TRY(w.stride, perAxis(context, "strides", axes, 1, 1));
    LAMINA_TRY(w.dilation, perAxis(context, "dilations", axes, 1, 1));
    const auto pads = context.node.integers("pads", std::vector<std::int64_t>(2 * axes, 0));
    if (pads.size() != 2 * axes || !within(pads, 0)) return context.badAttribute("pads");
    w.before.assign(pads.begin(), pads.begin() + static_cast<std::ptrdiff_t>(axes));
    w.after.assign(pads.begin() + static_cast<std::ptrdiff_t>(axes), pads.end());
    const std::string padding = context.node.text("auto_pad", "NOTSET");
    if (padding == "VALID") w.before = w.after = std::vector<std::int64_t>(axes, 0);
    else if (padding == "SAME_UPPER" || padding == "SAME_LOWER") padAlike(w, padding == "SAME_UPPER");
    else if (padding != "NOTSET" && !padding.empty()) return context.badAttribute("auto_pad");
    for (std::size_t axis = 0; axis < axes; ++axis) w.output.push_back(outputSize(w, axis, context.node.integer("ceil_mode", 0) != 0));
    const std::int64_t outputs = checkedElementCount(w.output, mostHostSteps);
    if (outputs == 0) return context.badShapes();
    if (outputs < 0 || outputs > mostHostSteps / w.taps()) return context.tooLarge();
    return w;
}

bool inEngine(const Windows& w) { return w.axes() <= 2; }

WindowAttributes engineWindow(const Windows& w) {
    const std::size_t skipped = 2 - w.axes();
    WindowAttributes window;
    for (std::size_t axis = 0; axis < w.axes(); ++axis) {
        window.kernel[axis + skipped] = w.kernel[axis];
        window.stride[axis + skipped] = w.stride[axis];
        window.dilation[axis + skipped] = w.dilation[axis];
        window.padding[axis + skipped] = w.before[axis];
        // What the last window does not reach would count as another one; what it needs beyond is added.
        window.padding[axis + skipped + 2] =
            std::max<std::int64_t>(0, (w.output[axis] - 1) * w.stride[axis] + w.extent(axis) - w.input[axis] - w.before[axis]);
    }
    return window;
}

Shape withTwoAxes(const Shape& shape) {
    Shape wide = shape;
    if (wide.size() == 3) wide.insert(wide.begin() + 2, 1);
    return wide;
}

ValueId inTwoAxes(OperatorContext& context, std::size_t input) {
    const Shape& shape = context.shape(input);
    return shape.size() == 3 ? ops::reshape(context.graph, context.value(input), withTwoAxes(shape)) : context.value(input);
}

}  // namespace lamina
