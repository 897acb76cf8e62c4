#include <algorithm>

#include "core/layers/layer_type.h"

namespace lamina {
namespace permute_layer_parts {

struct Permute {
    std::vector<std::int64_t> order{2, 1};
};

/// Every axis after the batch once.
bool fits(const std::vector<std::int64_t>& order, std::size_t axes) {
    auto sorted = order;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < sorted.size(); ++i)
        if (sorted[i] != static_cast<std::int64_t>(i) + 1) return false;
    return order.size() + 1 == axes;
}

std::vector<std::int64_t> withBatch(std::vector<std::int64_t> order) {
    order.insert(order.begin(), 0);
    return order;
}

std::string text(const std::vector<std::int64_t>& order) {
    std::string all;
    for (const auto axis : order) all += (all.empty() ? "" : ", ") + std::to_string(axis);
    return all;
}

ValueId forward(const Permute& settings, LayerContext& context) {
    if (!fits(settings.order, context.shape().size()))
        return context.refuse(fail("layer.permute_order", {{"order", text(settings.order)}, {"shape", shapeText(context.shape())}}));
    return ops::transpose(context.graph, context.input(), withBatch(settings.order));
}

std::string toOnnx(const Permute& settings, OnnxLayerContext& context) {
    return context.add("Transpose", {context.inputs()[0]}, {{"perm", withBatch(settings.order)}});
}

Result<Permute> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    const auto order = node.integers("perm", {});
    if (order.size() < 2 || order.front() != 0) return fail("onnx.transpose_form", {{"node", node.name}});
    return Permute{{order.begin() + 1, order.end()}};
}

std::vector<LayerSample> samples() {
    return {{.settings = Permute{}, .inputs = {{2, 3, 5}}},
            {.settings = Permute{.order = {2, 3, 1}}, .inputs = {{2, 3, 5, 4}}},
            {.settings = Permute{.order = {3, 2, 1}}, .inputs = {{1, 17, 2, 3}}},
            {.settings = Permute{.order = {1}}, .inputs = {{3, 7}}}};
}

}  // namespace permute_layer_parts

const LayerType& permute_layer() {
    using namespace permute_layer_parts;
    static const LayerType type = LayerDescriptor<Permute, forward, toOnnx>{
        .id = "permute",
        .title = "Swap axes",
        .category = "shape",
        .summary = "Puts the axes into another order; the numbers stay the same. Turns channels × steps into steps × channels, for example.",
        .properties = {property("order", &Permute::order, "Order",
                                "The axes in their new order, without the batch: 2, 1 swaps the two axes of a series; 2, 3, 1 puts the channels of a picture last.",
                                {.minimum = 1, .maximum = 8})},
        .onnxOps = {"Transpose"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
