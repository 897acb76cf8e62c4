#include "core/optimizers/optimizer_type.h"

namespace lamina {

const OptimizerType* findOptimizer(const std::string& id) {
    for (const auto* optimizer : optimizerCatalogue())
        if (optimizer->id == id) return optimizer;
    return nullptr;
}

}  // namespace lamina
