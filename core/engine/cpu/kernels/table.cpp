// One instruction set's table.
#include "core/engine/cpu/kernels/isa.h"

namespace lamina::cpu::LAMINA_ISA {

const Kernels& kernels() {
    static constinit Kernels table{};
    table.name = LAMINA_ISA_NAME;
    fillGemm(table);
    fillPointwise(table);
    fillReductions(table);
    fillLosses(table);
    fillPooling(table);
    fillNormalisation(table);
    return table;
}

}  // namespace lamina::cpu::LAMINA_ISA
