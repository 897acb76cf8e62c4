#include "core/data/cleaning/steps/float_column.h"

namespace lamina {

TableColumn floatColumn(std::vector<float> values, Shape shape, const std::vector<std::uint8_t>& missing, std::string id, std::string name) {
    struct Kept {
        std::vector<float> values;
        std::vector<std::uint8_t> missingBits;
    };
    auto kept = std::make_shared<Kept>();
    kept->values = std::move(values);
    const auto each = static_cast<std::size_t>(elementCount(shape));
    TableColumn column;
    column.info.rows = column.view.rows = static_cast<std::int64_t>(kept->values.size() / each);
    for (std::size_t row = 0; row < missing.size(); ++row) {
        if (missing[row] == 0) continue;
        kept->missingBits.resize((missing.size() + 7) / 8);
        kept->missingBits[row >> 3] |= static_cast<std::uint8_t>(1u << (row & 7));
        ++column.info.missing;
    }
    column.info.id = std::move(id);
    column.info.name = std::move(name);
    column.info.kind = column.view.kind = ColumnKind::Tensor;
    column.info.elementType = column.view.elementType = DType::Float32;
    column.info.elementShape = std::move(shape);
    column.view.elements = std::as_bytes(std::span(kept->values));
    column.view.elementSize = each * sizeof(float);
    column.view.missingBits = kept->missingBits;
    column.owner = kept;
    return column;
}

}  // namespace lamina
