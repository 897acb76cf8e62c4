// One instruction set's table.
#include "core/engine/cpu/kernels/isa.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

Kernels filled() {
    Kernels table{};
    table.name = LAMINA_ISA_NAME;
    fillGemm(table);
    fillRounding(table);
    fillPointwise(table);
    fillRandom(table);
    fillReductions(table);
    fillLosses(table);
    fillPooling(table);
    fillNormalisation(table);
    fillLayerNorm(table);
    fillRecurrent(table);
    return table;
}

}  // namespace

const Kernels& kernels() {
    static const Kernels table = filled();  // once, whoever comes first: a training and a prediction may ask at the same time
    return table;
}

}  // namespace lamina::cpu::LAMINA_ISA
