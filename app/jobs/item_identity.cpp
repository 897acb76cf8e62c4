#include "app/jobs/item_identity.h"

#include <charconv>
#include <unordered_map>

#include "core/data/row_hash.h"

namespace lamina {
namespace {

std::vector<std::string> pictureNames(const ColumnView& column) {
    std::vector<std::string> names;
    for (std::int64_t row = 0; row < column.rows; ++row) names.emplace_back(column.text(row));
    return names;
}

std::string hexOf(std::uint64_t number) {
    char text[17];
    const auto end = std::to_chars(text, text + sizeof text, number, 16).ptr;
    return std::string(text, end);
}

Result<std::vector<std::string>> rowHashes(const DatasetRecord& dataset, const Table& table, const CancelToken& cancel) {
    std::vector<std::size_t> columns;
    for (std::size_t c = 0; c < dataset.columns.size(); ++c)
        if (dataset.columns[c].role != "target") columns.push_back(c);
    LAMINA_TRY(const auto hashes, hashRows(table, columns, 0, cancel));
    std::vector<std::string> names;
    for (const std::uint64_t hash : hashes) names.push_back(hexOf(hash));
    return names;
}

}  // namespace

Result<std::vector<std::string>> itemIdentities(const DatasetRecord& dataset, const Table& table, const CancelToken& cancel) {
    std::vector<std::string> names;
    for (std::size_t c = 0; c < dataset.columns.size(); ++c)
        if (dataset.columns[c].name == "file" && dataset.columns[c].kind == columnKindName(ColumnKind::Text)) names = pictureNames(table.view(c));
    if (names.empty() && table.rows() > 0) {
        LAMINA_TRY(names, rowHashes(dataset, table, cancel));
    }
    std::unordered_map<std::string, std::int64_t> seen;
    for (std::string& name : names)
        if (const std::int64_t before = seen[name]++; before > 0) name += " #" + std::to_string(before + 1);
    return names;
}

}  // namespace lamina
