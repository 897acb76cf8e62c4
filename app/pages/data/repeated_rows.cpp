#include "app/pages/data/repeated_rows.h"

#include <bit>
#include <string_view>
#include <unordered_set>

namespace lamina {
namespace {

constexpr std::int64_t stride = 1 << 12;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
    hash ^= value + 0x9e3779b97f4a7c15ull + (hash << 6) + (hash >> 2);
    hash ^= hash >> 32;
    return hash * 0xd6e8feb86659fd93ull;
}

std::uint64_t valueHash(const ColumnView& view, std::int64_t row) {
    if (view.isMissing(row)) return 0x5bd1e995u;
    switch (view.kind) {
        case ColumnKind::Text:
        case ColumnKind::Image: return std::hash<std::string_view>{}(view.text(row));
        case ColumnKind::Tensor: {
            const auto bytes = view.element(row);
            return std::hash<std::string_view>{}({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
        }
        case ColumnKind::Integer:
        case ColumnKind::Time: return static_cast<std::uint64_t>(view.integers[static_cast<std::size_t>(row)]);
        default: return std::bit_cast<std::uint64_t>(view.number(row) + 0.0);  // -0.0 becomes 0.0
    }
}

}  // namespace

Result<RepeatedRows> findRepeatedRows(const Table& table, const DatasetRecord& record, const Split& split, const CancelToken& cancel) {
    std::vector<std::uint64_t> hashes(static_cast<std::size_t>(table.rows()), 0);
    bool any = false;
    for (const ColumnRecord& column : record.columns) {
        if (column.role != "feature") continue;
        LAMINA_TRY(const std::size_t at, table.find(column.name));
        const ColumnView view = table.view(at);
        any = true;
        for (std::int64_t row = 0; row < table.rows(); ++row) {
            if (row % stride == 0 && cancel.cancelled()) return fail("job.cancelled");
            auto& hash = hashes[static_cast<std::size_t>(row)];
            hash = mixed(hash, valueHash(view, row));
        }
    }
    RepeatedRows repeated;
    if (!any || split.parts.size() != hashes.size()) return repeated;
    std::unordered_set<std::uint64_t> training;
    for (std::size_t row = 0; row < hashes.size(); ++row)
        if (split.parts[row] == static_cast<std::uint8_t>(Part::Training)) training.insert(hashes[row]);
    for (std::size_t row = 0; row < hashes.size(); ++row) {
        const Part part = static_cast<Part>(split.parts[row]);
        if ((part == Part::Validation || part == Part::Test) && training.contains(hashes[row]))
            ++(part == Part::Test ? repeated.test : repeated.validation);
    }
    return repeated;
}

}  // namespace lamina
