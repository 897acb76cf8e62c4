// What puts pictures together and takes them apart: patches to pictures, crops with borders, grids of affine maps.
#include <algorithm>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"
#include "core/operators/windows.h"

namespace lamina {
namespace {

/// x[N, C·taps, windows] added up into pictures [N, C, shape…]; shape and block are known.
Operands patchesToPicture(OperatorContext& context) {
    LAMINA_TRY(const Shape picture, context.integers(1));
    LAMINA_TRY(const Shape block, context.integers(2));
    const Shape& x = context.shape();
    if (x.size() != 3 || picture.empty() || block.size() != picture.size() || checkedElementCount(picture, mostHostElements) < 1)
        return context.badShapes();
    Shape full{x[0], 1};
    full.insert(full.end(), picture.begin(), picture.end());
    LAMINA_TRY(const Windows w, windowsOf(context, full, block));
    if (x[1] % w.taps() != 0 || x[2] != elementCount(w.output)) return context.badShapes();
    full[1] = x[1] / w.taps();
    return context.host(full, context.type(), [w](auto in, auto out) {
        const auto patches = load<double>(in[0]);
        std::vector<double> y(static_cast<std::size_t>(out[0].count()));
        const std::int64_t windows = elementCount(w.output), plane = elementCount(w.input), taps = w.taps(),
                           planes = plane ? out[0].count() / plane : 0;
        for (std::int64_t p = 0; p < planes; ++p)
            forEachTap(w, [&](std::int64_t place, std::int64_t tap, std::int64_t target) {
                y[static_cast<std::size_t>(p * plane + target)] += patches[static_cast<std::size_t>((p * taps + tap) * windows + place)];
            });
        store(out[0], y);
    });
}

/// The middle of every axis, or zeros on both sides where more is asked for; the odd one goes to the end.
Operands centerCropPad(OperatorContext& context) {
    LAMINA_TRY(const Shape asked, context.integers(1));
    std::vector<std::int64_t> axes;
    for (std::int64_t axis = 0; axis < context.rank(); ++axis) axes.push_back(axis);
    LAMINA_TRY(axes, context.axes(context.node.integers("axes", axes), context.rank()));
    Shape shape = context.shape();
    if (asked.size() != axes.size()) return context.badShapes();
    for (std::size_t i = 0; i < axes.size(); ++i) shape[static_cast<std::size_t>(axes[i])] = asked[i];
    if (checkedElementCount(shape, mostHostElements) < 0) return context.badShapes();
    const auto strides = stridesOf(context.shape());
    std::vector<std::vector<std::int64_t>> tables;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        const std::int64_t from = context.shape()[axis], more = shape[axis] - from, begin = more >= 0 ? -(more / 2) : -more / 2;
        tables.emplace_back();
        for (std::int64_t i = 0; i < shape[axis]; ++i) tables.back().push_back(begin + i >= 0 && begin + i < from ? (begin + i) * strides[axis] : -1);
    }
    return context.hostOn({context.input()}, {{shape, context.type()}},
                          [tables](auto in, auto out) { gatherElements(in[0], out[0], tableIndices(tables)); });
}

/// theta[N, k, k + 1], size [N, C, …k sizes] → the places that GridSample reads, [N, …, k].
Operands affineGrid(OperatorContext& context) {
    LAMINA_TRY(const Shape size, context.integers(1));
    const Shape& theta = context.shape();
    const auto axes = static_cast<std::int64_t>(size.size()) - 2;
    if (axes < 2 || axes > 3 || theta != Shape{size[0], axes, axes + 1}) return context.badShapes();
    Shape shape{size[0]};
    shape.insert(shape.end(), size.begin() + 2, size.end());
    shape.push_back(axes);
    const bool corners = context.node.integer("align_corners", 0) != 0;
    return context.host(shape, context.type(), [corners, axes](auto in, auto out) {
        const auto map = load<double>(in[0]);
        const Shape& to = *out[0].shape;
        const Shape places(to.begin() + 1, to.end() - 1);
        std::vector<double> y;
        for (std::int64_t n = 0; n < to[0]; ++n) {
            std::vector<std::int64_t> at(places.size());
            for (std::int64_t i = 0; i < elementCount(places); ++i, advance(at, places))
                for (std::int64_t row = 0; row < axes; ++row) {
                    const double* line = map.data() + (n * axes + row) * (axes + 1);
                    double sum = line[axes];
                    for (std::int64_t k = 0; k < axes; ++k) {
                        const auto axis = static_cast<std::size_t>(axes - 1 - k);
                        const auto count = static_cast<double>(places[axis]), x = static_cast<double>(at[axis]);
                        sum += line[k] * (corners ? (places[axis] > 1 ? 2 * x / (count - 1) - 1 : 0) : (2 * x + 1) / count - 1);
                    }
                    y.push_back(sum);
                }
        }
        store(out[0], y);
    });
}

}  // namespace

const OperatorFamily& picture_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "Col2Im", .since = 18, .types = {reals, places, places}, .constants = {1, 2}, .translate = patchesToPicture, .minimumInputs = 3},
        {.name = "CenterCropPad", .since = 18, .types = {all, places}, .constants = {1}, .translate = centerCropPad, .minimumInputs = 2},
        {.name = "AffineGrid", .since = 20, .types = {reals, of(DType::Int64)}, .constants = {1}, .translate = affineGrid, .minimumInputs = 2},
    }};
    return family;
}

}  // namespace lamina
