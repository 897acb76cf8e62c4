#include "core/layers/layer_type.h"

#include "core/layers/operator.h"

namespace lamina {

const LayerType* findLayer(const std::string& id) {
    for (const LayerType* type : layerCatalogue())
        if (type->id == id) return type;
    return id == operatorLayer().id ? &operatorLayer() : nullptr;
}

}  // namespace lamina
