#include "core/engine/op_type.h"

namespace lamina {

/// Generated from ops.cmake.
const std::vector<const OpType*>& opCatalogue();

const OpType& opType(OpKind kind) { return *opCatalogue()[static_cast<std::size_t>(kind)]; }

}  // namespace lamina
