#include "core/data/split_strata.h"

#include <algorithm>
#include <cmath>

#include "core/data/class_column.h"
#include "core/data/table.h"

namespace lamina {

namespace {

constexpr std::int64_t largestStratifiedNumbers = 20;

bool holdsClasses(ColumnKind kind) { return kind == ColumnKind::Category || kind == ColumnKind::Boolean || kind == ColumnKind::Text; }

Strata strataOfClasses(const ClassColumn& column, std::int64_t rows) {
    Strata strata;
    strata.names = column.names();
    strata.classes = true;
    strata.ofRow.resize(static_cast<std::size_t>(rows));
    for (std::int64_t row = 0; row < rows; ++row) strata.ofRow[static_cast<std::size_t>(row)] = column.at(row);
    return strata;
}

Strata strataOfNumbers(const ColumnView& view) {
    Strata strata;
    strata.ofRow.resize(static_cast<std::size_t>(view.rows));
    for (std::int64_t row = 0; row < view.rows; ++row) strata.ofRow[static_cast<std::size_t>(row)] = std::isfinite(view.number(row)) ? 0 : -1;
    return strata;
}

/// What a word of the subset column says; partToDraw: nothing.
std::uint8_t partOfWord(std::string word) {
    std::transform(word.begin(), word.end(), word.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (word == "test" || word == "t10k") return static_cast<std::uint8_t>(Part::Test);
    if (word == "validation" || word == "valid" || word == "val") return static_cast<std::uint8_t>(Part::Validation);
    if (word == "training" || word == "train") return static_cast<std::uint8_t>(Part::Training);
    if (word == "unused") return static_cast<std::uint8_t>(Part::Unused);
    return partToDraw;
}

bool hasPart(const std::vector<std::uint8_t>& parts, Part part) { return std::find(parts.begin(), parts.end(), static_cast<std::uint8_t>(part)) != parts.end(); }

}  // namespace

Result<std::size_t> findSplitColumn(const Table& table, const std::string& name) {
    auto found = table.find(name);
    if (!found) return fail("split.no_column", {{"column", name}});
    return found;
}

Result<Strata> strataOf(const Table& table, const std::string& target) {
    if (target.empty()) return Strata{};
    LAMINA_TRY(const std::size_t index, findSplitColumn(table, target));
    const ColumnView view = table.view(index);
    if (view.kind == ColumnKind::Tensor || view.kind == ColumnKind::Image) return fail("split.target_is_tensor", {{"column", target}});
    auto classes = ClassColumn::create(table, index);
    if (holdsClasses(view.kind)) {
        if (!classes) return classes.takeError();
        return strataOfClasses(*classes, table.rows());
    }
    if (classes && classes->count() <= largestStratifiedNumbers) return strataOfClasses(*classes, table.rows());
    return strataOfNumbers(view);
}

Result<std::vector<std::uint8_t>> givenParts(const Table& table, const Strata& strata, const std::string& subset, const SplitRows& rows) {
    std::vector<std::uint8_t> given(static_cast<std::size_t>(table.rows()), partToDraw);
    if (!subset.empty()) {
        LAMINA_TRY(const std::size_t index, findSplitColumn(table, subset));
        const ColumnView view = table.view(index);
        for (std::int64_t row = 0; row < view.rows; ++row) given[static_cast<std::size_t>(row)] = partOfWord(std::string(view.text(row)));
        if (!hasPart(given, Part::Test)) return fail("split.subset", {{"column", subset}});
        // Who names no rows for validation means that some of the training rows are to be drawn for it.
        if (!hasPart(given, Part::Validation)) std::replace(given.begin(), given.end(), static_cast<std::uint8_t>(Part::Training), partToDraw);
    }
    for (std::size_t row = 0; row < given.size(); ++row) {
        const bool removed = !rows.removedBy.empty() && rows.removedBy[row] != 0;
        if (removed || strata.at(static_cast<std::int64_t>(row)) < 0) given[row] = static_cast<std::uint8_t>(Part::Unused);
    }
    return given;
}

void countParts(const Strata& strata, Split& split) {
    split.counts = {};
    split.classes.clear();
    if (strata.classes)
        for (const auto& name : strata.names) split.classes.push_back({name, {}});
    for (std::size_t row = 0; row < split.parts.size(); ++row) {
        const auto part = split.parts[row];
        ++split.counts[part];
        const std::int32_t stratum = strata.at(static_cast<std::int64_t>(row));
        if (strata.classes && stratum >= 0) ++split.classes[static_cast<std::size_t>(stratum)].rows[part];
    }
}

SplitBins binsOf(const SplitSettings& s, bool testIsGiven) {
    const double test = testIsGiven ? 0.0 : s.test;
    SplitBins bins;
    if (s.folds < 2) {
        const double sum = s.training + s.validation + test;
        bins.fractions = {s.training / sum, s.validation / sum, test / sum};
        bins.parts = {Part::Training, Part::Validation, Part::Test};
        return bins;
    }
    for (std::int64_t fold = 1; fold <= s.folds; ++fold) {
        bins.fractions.push_back((1 - test) / static_cast<double>(s.folds));
        bins.parts.push_back(fold == s.fold ? Part::Validation : Part::Training);
    }
    bins.fractions.push_back(test);
    bins.parts.push_back(Part::Test);
    return bins;
}

}  // namespace lamina
