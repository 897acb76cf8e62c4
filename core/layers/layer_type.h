// The contract of a layer: one file in core/layers, one line in layers.cmake, one picture in resources/layers.
// A layer only says its forward pass in ops; shapes, the backward pass, cost and every device follow from that.
#pragma once

#include <any>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/base/property.h"
#include "core/engine/ops.h"
#include "core/onnx/node.h"

namespace lamina {

/// What a layer's forward function works with.
class LayerContext {
public:
    LayerContext(Graph& graph, std::string path, std::span<const ValueId> inputs, bool training)
        : graph(graph), path(std::move(path)), inputs(inputs), training(training) {}

    Graph& graph;
    const std::string path;  ///< the node's name
    const std::span<const ValueId> inputs;
    const bool training;

    ValueId input() const { return inputs[0]; }
    const Shape& shape(std::size_t i = 0) const { return graph.shape(inputs[i]); }
    /// A trainable tensor "path/name".
    ValueId parameter(const char* name, Shape shape, Initializer initializer) { return graph.parameter(path + "/" + name, std::move(shape), initializer); }
    /// A tensor that is kept but not trained.
    ValueId state(const char* name, Shape shape, double start) { return graph.state(path + "/" + name, std::move(shape), start); }
    /// Says why this layer cannot stand here; the error gets {layer} = path. Returns noValue, to be returned by the layer.
    ValueId refuse(Error error) {
        graph.refuse(std::move(error).with("layer", path));
        return noValue;
    }
};

/// A case for the battery: settings and input shapes (with batch) under which the layer is tested in every way.
struct LayerSample {
    std::any settings;  ///< the layer's own struct: Conv2d{.filters = 4}
    std::vector<Shape> inputs;
    double kinkMargin = 0;  ///< inputs keep this distance from 0 (functions with a kink there)
    double lift = 0;        ///< added to the inputs, which spread from -1 to 1: 1.5 makes them positive
    /// Input i consists of whole numbers 0 … wholeNumbers[i] - 1 (indices, lengths) where that is not 0; inputs beyond the list are real.
    std::vector<std::int64_t> wholeNumbers = {};
};

/// Erased form, what everybody but the layer itself uses. Made by LayerDescriptor below.
struct LayerType {
    std::string id;        ///< persisted: "conv2d"
    std::string title;     ///< English: "Convolution 2D"; other languages in app/messages as "layer.conv2d.title"
    std::string category;  ///< "core", "convolution", "pooling", "normalization", "activation", "merge",
                           ///< "regularization", "shape", "sequence", "preprocessing", "math"
    std::string summary;   ///< one sentence for people who have never seen it
    std::vector<Property> properties;
    int minimumInputs = 1, maximumInputs = 1;
    std::any defaults;
    ValueId (*forward)(const std::any& settings, LayerContext& context) = nullptr;
    /// Appends ONNX nodes (opset 17) computing the same at inference; gives the name of the output.
    std::string (*toOnnx)(const std::any& settings, OnnxLayerContext& context) = nullptr;
    /// Settings for an ONNX node of one of these op types, or an error where the node needs what the layer lacks.
    std::vector<std::string> onnxOps;
    std::function<Result<std::any>(const OnnxNode& node, OnnxImportContext& context)> fromOnnx;
    std::vector<LayerSample> (*samples)() = nullptr;
};

/// What a layer's file fills in, with designated initialisers, typed by its own parameter struct.
template <class Settings, auto Forward, auto ToOnnx>
struct LayerDescriptor {
    const char* id;
    const char* title;
    const char* category;
    const char* summary;
    std::vector<Property> properties = {};
    int minimumInputs = 1, maximumInputs = 1;
    std::vector<std::string> onnxOps = {};
    Result<Settings> (*fromOnnx)(const OnnxNode&, OnnxImportContext&) = nullptr;
    std::vector<LayerSample> (*samples)() = nullptr;

    operator LayerType() const {
        std::function<Result<std::any>(const OnnxNode&, OnnxImportContext&)> reader;
        if (fromOnnx) reader = [read = fromOnnx](const OnnxNode& node, OnnxImportContext& context) -> Result<std::any> {
            LAMINA_TRY(Settings settings, read(node, context));
            return std::any(std::move(settings));
        };
        return LayerType{id, title, category, summary, properties, minimumInputs, maximumInputs, std::any(Settings{}),
                         [](const std::any& s, LayerContext& c) { return Forward(std::any_cast<const Settings&>(s), c); },
                         [](const std::any& s, OnnxLayerContext& c) { return ToOnnx(std::any_cast<const Settings&>(s), c); },
                         onnxOps, std::move(reader), samples};
    }
};

/// All layers of layers.cmake, in its order.
const std::vector<const LayerType*>& layerCatalogue();
/// nullptr where there is none.
const LayerType* findLayer(const std::string& id);

}  // namespace lamina
