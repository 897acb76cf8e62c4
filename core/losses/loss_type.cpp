#include "core/losses/loss_type.h"

namespace lamina {

const LossType* findLoss(const std::string& id) {
    for (const auto* loss : lossCatalogue())
        if (loss->id == id) return loss;
    return nullptr;
}

}  // namespace lamina
