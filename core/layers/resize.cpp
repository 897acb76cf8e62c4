#include "core/layers/interpolation.h"
#include "core/layers/window.h"

namespace lamina {
namespace resize_layer_parts {

struct Resize {
    std::array<std::int64_t, 2> size{64, 64};
    std::string method = "bilinear";
    bool antialias = true;
};

/// The size wanted of the last axes: 0 keeps what is there.
std::vector<std::int64_t> wantedSize(const Resize& settings, const Shape& shape) {
    std::vector<std::int64_t> size;
    for (std::size_t axis = 2; axis < shape.size(); ++axis) {
        const std::int64_t wanted = settings.size[axis + 2 - shape.size()];
        size.push_back(wanted == 0 ? shape[axis] : wanted);
    }
    return size;
}

ValueId forward(const Resize& settings, LayerContext& context) {
    const Shape shape = context.shape();
    if (!isPictureOrSeries(context)) return noValue;
    return interpolated(context, settings.method, settings.antialias, wantedSize(settings, shape));
}

/// As matrix products: ONNX's own operator has no antialiasing before opset 18.
std::string toOnnx(const Resize& settings, OnnxLayerContext& context) {
    return interpolatedInOnnx(context, settings.method, settings.antialias, wantedSize(settings, context.inputShapes()[0]));
}

/// One of the two products that toOnnx() writes.
Result<Resize> fromProduct(const OnnxNode& node, OnnxImportContext& context) {
    const OnnxTensor *rows = context.constantInput(0), *columns = context.constantInput(1);
    const auto kind = rows ? interpolationOf(*rows, false) : columns ? interpolationOf(*columns, true) : std::nullopt;
    if (!kind) return fail("onnx.weights_not_constant", {{"node", node.name}, {"op", node.op}});
    return Resize{rows ? std::array<std::int64_t, 2>{rows->shape[0], 0} : std::array<std::int64_t, 2>{0, columns->shape[1]}, kind->method, kind->antialias};
}

/// "nearest", "bilinear", "bicubic", or "" for what is computed otherwise here.
std::string methodOf(const OnnxNode& node) {
    const std::string mode = node.text("mode", "nearest"), places = node.text("coordinate_transformation_mode", "half_pixel");
    const bool middles = places == "half_pixel" || places == "pytorch_half_pixel";
    if (mode == "nearest") return places == "asymmetric" && node.text("nearest_mode", "round_prefer_floor") == "floor" ? "nearest" : "";
    if (mode == "linear") return middles ? "bilinear" : "";
    const double coefficient = node.integer("antialias", 0) != 0 ? -0.5 : -0.75;
    return mode == "cubic" && middles && node.integer("exclude_outside", 0) == 0 && node.number("cubic_coeff_a", -0.75) == coefficient ? "bicubic" : "";
}

Result<Resize> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    if (node.op == "MatMul") return fromProduct(node, context);
    const OnnxTensor* target = context.constantInput(3);
    const auto* sizes = target ? std::get_if<std::vector<std::int64_t>>(&target->data) : nullptr;
    const std::string method = methodOf(node);
    if (method.empty() || !sizes || (sizes->size() != 3 && sizes->size() != 4) || node.attributes.count("axes"))
        return fail("onnx.resize_form", {{"node", node.name}});
    return Resize{{sizes->size() == 4 ? (*sizes)[2] : 0, sizes->back()}, method, node.integer("antialias", 0) != 0};
}

std::vector<LayerSample> samples() {
    return {{.settings = Resize{.size = {3, 4}}, .inputs = {{2, 3, 7, 9}}},
            {.settings = Resize{.size = {9, 2}, .method = "bicubic"}, .inputs = {{1, 17, 4, 7}}},
            {.settings = Resize{.size = {5, 0}, .method = "nearest"}, .inputs = {{2, 1, 8, 3}}},
            {.settings = Resize{.size = {4, 8}, .antialias = false}, .inputs = {{1, 2, 7, 5}}},
            {.settings = Resize{.size = {3, 11}, .method = "bicubic", .antialias = false}, .inputs = {{1, 1, 7, 5}}},
            {.settings = Resize{.size = {0, 4}}, .inputs = {{2, 3, 9}}}};
}

}  // namespace resize_layer_parts

const LayerType& resize_layer() {
    using namespace resize_layer_parts;
    static const LayerType type = LayerDescriptor<Resize, forward, toOnnx>{
        .id = "resize",
        .title = "Resize",
        .category = "shape",
        .summary = "Brings pictures or series to a given size, smaller or larger, without jagged edges; nothing is learned.",
        .properties = {property("size", &Resize::size, "Size", "Height and width afterwards, in pixels. 0 keeps what is there. For a series the second number counts.",
                                {.minimum = 0, .maximum = 8192}),
                       property("method", &Resize::method, "In between",
                                "Smooth (bilinear): numbers between their neighbours; suits most pictures. Crisp (bicubic): sharper, may overshoot at edges. "
                                "Repeat (nearest): only numbers that are there, for masks and labels.",
                                {.choices = {"bilinear", "bicubic", "nearest"}}),
                       property("antialias", &Resize::antialias, "Count every pixel",
                                "When a picture gets smaller, every pixel of it counts. Off: pixels in between are skipped and fine patterns flicker.")},
        .onnxOps = {"Resize", "MatMul"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
