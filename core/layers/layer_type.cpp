#include "core/layers/layer_type.h"

namespace lamina {

const LayerType* findLayer(const std::string& id) {
    for (const LayerType* type : layerCatalogue())
        if (type->id == id) return type;
    return nullptr;
}

}  // namespace lamina
