#include <unordered_map>

#include "core/data/row_hash.h"
#include "core/data/split_deal.h"
#include "core/data/table.h"

namespace lamina {

namespace {

/// The columns of both tables by which rows are recognised, in the same order.
struct RecognisedBy {
    std::vector<std::size_t> now, before;
};

Result<RecognisedBy> recognisedBy(const Table& table, const Table& old, const std::string& key, const std::string& target) {
    RecognisedBy by;
    if (!key.empty()) {
        LAMINA_TRY(const auto now, findSplitColumn(table, key));
        LAMINA_TRY(const auto before, findSplitColumn(old, key));
        return RecognisedBy{{now}, {before}};
    }
    for (std::size_t column = 0; column < table.columnCount(); ++column) {
        const auto before = old.find(table.info(column).name);
        if (!before || table.info(column).name == target) continue;
        by.now.push_back(column);
        by.before.push_back(*before);
    }
    if (by.now.empty()) return fail("split.no_common_columns");
    return by;
}

/// The parts of the old rows of one hash, in their order.
struct OldRows {
    std::vector<std::uint8_t> parts;
    std::size_t taken = 0;
};

}  // namespace

Result<ExtendedSplit> extendSplit(const Table& table, const SplitSettings& settings, const Table& oldTable, const Split& old, const std::string& key,
                                  const SplitRows& rows, const CancelToken& cancel) {
    if (old.parts.size() != static_cast<std::size_t>(oldTable.rows())) return fail("split.rows", {{"rows", std::to_string(oldTable.rows())}});
    LAMINA_TRY(const auto by, recognisedBy(table, oldTable, key, settings.target));
    LAMINA_TRY(const auto before, hashRows(oldTable, by.before, 0, cancel));
    LAMINA_TRY(const auto now, hashRows(table, by.now, 0, cancel));
    std::unordered_map<std::uint64_t, OldRows> places;
    for (std::size_t row = 0; row < before.size(); ++row) places[before[row]].parts.push_back(old.parts[row]);
    std::vector<std::uint8_t> known(now.size(), partToDraw);
    ExtendedSplit extended;
    for (std::size_t row = 0; row < now.size(); ++row) {
        const auto found = places.find(now[row]);
        if (found == places.end()) continue;
        // One more of a row that was there goes where the others are: apart they would be a leak.
        OldRows& same = found->second;
        known[row] = same.parts[std::min(same.taken, same.parts.size() - 1)];
        ++same.taken;
        if (known[row] >= 3) known[row] = partToDraw;
    }
    for (const auto& [hash, same] : places) extended.gone += static_cast<std::int64_t>(same.parts.size() - std::min(same.taken, same.parts.size()));
    LAMINA_TRY(extended.split, dealSplit({table, settings, rows, cancel}, known));
    for (std::size_t row = 0; row < known.size(); ++row) {
        if (extended.split.parts[row] >= 3) continue;
        ++(known[row] < 3 ? extended.known : extended.added);
    }
    return extended;
}

}  // namespace lamina
