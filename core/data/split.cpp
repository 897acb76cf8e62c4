#include "core/data/split.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/uuid.h"
#include "core/data/class_column.h"
#include "core/data/split_sizes.h"
#include "core/data/table.h"
#include "core/tensor/random.h"

namespace lamina {

namespace {

constexpr std::array partNames{"training", "validation", "test", "unused"};
constexpr std::int64_t largestStratifiedNumbers = 20;

/// What the target says about each row: its stratum, or -1 where it has no value.
struct Strata {
    std::vector<std::int32_t> ofRow;  ///< empty: all rows are stratum 0
    std::vector<std::string> names{""};
    bool classes = false;             ///< the strata are the target's classes

    std::int32_t at(std::int64_t row) const { return ofRow.empty() ? 0 : ofRow[static_cast<std::size_t>(row)]; }
};

Result<void> checkFractions(const SplitSettings& s) {
    bool sound = s.training > 0.0 && s.validation >= 0.0 && s.test >= 0.0;
    sound = sound && std::abs(s.training + s.validation + s.test - 1.0) < 1e-6;
    if (sound) return {};
    return fail("split.fractions", {{"training", std::to_string(s.training)}, {"validation", std::to_string(s.validation)}, {"test", std::to_string(s.test)}});
}

Result<std::size_t> findColumn(const Table& table, const std::string& name) {
    auto found = table.find(name);
    if (!found) return fail("split.no_column", {{"column", name}});
    return found;
}

bool hasClasses(ColumnKind kind) { return kind == ColumnKind::Category || kind == ColumnKind::Boolean || kind == ColumnKind::Text; }

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

/// Whole numbers with few values are strata, too: they may be classes, and for regression it does no harm.
Result<Strata> strataOf(const Table& table, const std::string& target) {
    if (target.empty()) return Strata{};
    LAMINA_TRY(const std::size_t index, findColumn(table, target));
    const ColumnView view = table.view(index);
    if (view.kind == ColumnKind::Tensor) return fail("split.target_is_tensor", {{"column", target}});
    auto classes = ClassColumn::create(table, index);
    if (hasClasses(view.kind)) {
        if (!classes) return classes.takeError();
        return strataOfClasses(*classes, table.rows());
    }
    if (classes && classes->count() <= largestStratifiedNumbers) return strataOfClasses(*classes, table.rows());
    return strataOfNumbers(view);
}

/// The parts that the subset column fixes: Training means "to be drawn from".
Result<std::vector<Part>> partsOfSubset(const Table& table, const std::string& subset) {
    std::vector<Part> fixed(static_cast<std::size_t>(table.rows()), Part::Training);
    if (subset.empty()) return fixed;
    LAMINA_TRY(const std::size_t index, findColumn(table, subset));
    const ColumnView view = table.view(index);
    bool anyTest = false;
    for (std::int64_t row = 0; row < view.rows; ++row) {
        const std::string_view text = view.text(row);
        Part& part = fixed[static_cast<std::size_t>(row)];
        if (text == "test" || text == "t10k") part = Part::Test;
        else if (text == "validation") part = Part::Validation;
        else if (text == "unused") part = Part::Unused;
        anyTest = anyTest || part == Part::Test;
    }
    if (!anyTest) return fail("split.subset", {{"column", subset}});
    return fixed;
}

/// The fractions of the rows that are drawn: without the test part where the subset column fixes it.
std::array<double, 3> drawnFractions(const SplitSettings& s) {
    const double test = s.subset.empty() ? s.test : 0.0;
    const double sum = s.training + s.validation + test;
    return {s.training / sum, s.validation / sum, test / sum};
}

void noteMissing(const Strata& strata, const std::string& target, std::vector<Issue>& issues) {
    const auto first = std::find(strata.ofRow.begin(), strata.ofRow.end(), -1);
    if (first == strata.ofRow.end()) return;
    issues.push_back({Severity::Warning,
                      fail("split.missing_target", {{"column", target}, {"row", std::to_string(first - strata.ofRow.begin() + 1)}}),
                      std::count(first, strata.ofRow.end(), -1)});
}

void count(const Strata& strata, Split& split) {
    split.counts = {};
    split.classes.clear();
    if (strata.classes) {
        for (const auto& name : strata.names) split.classes.push_back({name, {}});
    }
    for (std::size_t row = 0; row < split.parts.size(); ++row) {
        const auto part = split.parts[row];
        ++split.counts[part];
        const std::int32_t stratum = strata.at(static_cast<std::int64_t>(row));
        if (strata.classes && stratum >= 0) ++split.classes[static_cast<std::size_t>(stratum)].rows[part];
    }
}

/// Classes that occur at all; their number decides whether there is anything to learn.
Result<void> checkClasses(const Strata& strata, const std::string& target, const Split& split) {
    if (!strata.classes) return {};
    std::int64_t present = 0;
    std::string only;
    for (const auto& one : split.classes) {
        const std::int64_t used = one.rows[0] + one.rows[1] + one.rows[2];
        if (used > 0) only = one.name;
        present += used > 0 ? 1 : 0;
    }
    if (present == 1) return fail("split.one_class", {{"column", target}, {"class", only}});
    return {};
}

void noteSmallClasses(const Split& split, const std::array<double, 3>& fractions, std::vector<Issue>& issues) {
    for (const auto& one : split.classes) {
        const std::int64_t used = one.rows[0] + one.rows[1] + one.rows[2];
        const bool everywhere = one.rows[0] > 0 && (one.rows[1] > 0 || fractions[1] == 0.0) && (one.rows[2] > 0 || fractions[2] == 0.0);
        if (used == 0 || everywhere) continue;
        issues.push_back({Severity::Warning, fail("split.small_class", {{"class", one.name}, {"rows", std::to_string(used)}}), 1});
    }
}

/// Rows to be drawn, by stratum (all in one where not stratified).
std::vector<std::vector<std::int64_t>> poolsOf(const Strata& strata, bool stratify, const std::vector<Part>& fixed, Split& split) {
    std::vector<std::vector<std::int64_t>> pools(stratify ? strata.names.size() : 1);
    for (std::size_t row = 0; row < fixed.size(); ++row) {
        const std::int32_t stratum = strata.at(static_cast<std::int64_t>(row));
        split.parts[row] = static_cast<std::uint8_t>(stratum < 0 ? Part::Unused : fixed[row]);
        if (stratum >= 0 && fixed[row] == Part::Training) pools[stratify ? static_cast<std::size_t>(stratum) : 0].push_back(static_cast<std::int64_t>(row));
    }
    return pools;
}

Result<void> draw(const std::vector<std::vector<std::int64_t>>& pools, const Strata& strata, const SplitSettings& settings, Split& split) {
    const auto fractions = drawnFractions(settings);
    std::vector<std::int64_t> sizes;
    std::int64_t rows = 0;
    for (const auto& pool : pools) {
        sizes.push_back(static_cast<std::int64_t>(pool.size()));
        rows += sizes.back();
    }
    const auto needed = std::count_if(fractions.begin(), fractions.end(), [](double f) { return f > 0.0; });
    if (rows < needed) return fail("split.too_few_rows", {{"rows", std::to_string(rows)}, {"needed", std::to_string(needed)}});
    const auto shares = shareOut(sizes, fractions);
    for (std::size_t p = 0; p < pools.size(); ++p) {
        const std::string stream = pools.size() > 1 ? "split:" + strata.names[p] : "split";
        const auto order = randomOrder(sizes[p], RandomStream(settings.seed, streamOf(stream)));
        for (std::int64_t i = 0; i < sizes[p]; ++i) {
            const Part part = i < shares[p][0] ? Part::Training : (i < shares[p][0] + shares[p][1] ? Part::Validation : Part::Test);
            const std::int64_t row = pools[p][static_cast<std::size_t>(order[static_cast<std::size_t>(i)])];
            split.parts[static_cast<std::size_t>(row)] = static_cast<std::uint8_t>(part);
        }
    }
    return {};
}

std::optional<double> numberIn(const nlohmann::json& json, const char* key) {
    if (!json.contains(key)) return std::nullopt;
    return json[key].get<double>();
}

}  // namespace

const char* partName(Part part) { return partNames[static_cast<std::size_t>(part)]; }

nlohmann::json toJson(const SplitSettings& s) {
    return {{"seed", s.seed}, {"training", s.training}, {"validation", s.validation}, {"test", s.test},
            {"target", s.target}, {"stratify", s.stratify}, {"subset", s.subset}};
}

Result<SplitSettings> splitSettingsFromJson(const nlohmann::json& json) try {
    SplitSettings s;
    s.seed = json.value("seed", s.seed);
    s.training = numberIn(json, "training").value_or(s.training);
    s.validation = numberIn(json, "validation").value_or(s.validation);
    s.test = numberIn(json, "test").value_or(s.test);
    s.target = json.value("target", s.target);
    s.stratify = json.value("stratify", s.stratify);
    s.subset = json.value("subset", s.subset);
    return s;
} catch (const nlohmann::json::exception& e) {
    return fail("split.settings", {{"reason", e.what()}});
}

std::vector<std::int64_t> Split::rows(Part wanted) const {
    std::vector<std::int64_t> found;
    found.reserve(static_cast<std::size_t>(std::count(parts.begin(), parts.end(), static_cast<std::uint8_t>(wanted))));
    for (std::size_t row = 0; row < parts.size(); ++row) {
        if (static_cast<Part>(parts[row]) == wanted) found.push_back(static_cast<std::int64_t>(row));
    }
    return found;
}

Result<Split> makeSplit(const Table& table, const SplitSettings& settings, const CancelToken& cancel) {
    LAMINA_CHECK(checkFractions(settings));
    LAMINA_TRY(const Strata strata, strataOf(table, settings.target));
    if (cancel.cancelled()) return fail("job.cancelled");
    LAMINA_TRY(const auto fixed, partsOfSubset(table, settings.subset));
    Split split;
    split.parts.resize(static_cast<std::size_t>(table.rows()));
    const auto pools = poolsOf(strata, settings.stratify && strata.classes, fixed, split);
    if (cancel.cancelled()) return fail("job.cancelled");
    LAMINA_CHECK(draw(pools, strata, settings, split));
    count(strata, split);
    LAMINA_CHECK(checkClasses(strata, settings.target, split));
    noteMissing(strata, settings.target, split.issues);
    noteSmallClasses(split, drawnFractions(settings), split.issues);
    return split;
}

Result<StoredColumn> writeSplit(const Path& folder, const Split& split) {
    ColumnInfo info;
    info.id = newUuid();
    info.name = "split";
    info.kind = ColumnKind::Tensor;
    info.elementType = DType::UInt8;
    info.elementShape = {1};
    LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, std::move(info), split.parts.size()));
    LAMINA_CHECK(writer->appendElements(std::as_bytes(std::span(split.parts))));
    return writer->finish();
}

Result<Split> readSplit(const Path& path, std::int64_t rows) {
    LAMINA_TRY(const ColumnFile file, ColumnFile::open(path));
    const ColumnView view = file.view();
    const auto damaged = fail("split.damaged", {{"file", path.string()}});
    if (view.kind != ColumnKind::Tensor || view.elementSize != 1 || view.rows != rows) return damaged;
    Split split;
    split.parts.reserve(static_cast<std::size_t>(rows));
    for (const std::byte byte : view.elements) {
        const auto part = std::to_integer<std::uint8_t>(byte);
        if (part >= partCount) return damaged;
        split.parts.push_back(part);
        ++split.counts[part];
    }
    return split;
}

Result<void> countClasses(const Table& table, const std::string& target, Split& split) {
    LAMINA_TRY(const Strata strata, strataOf(table, target));
    if (split.parts.size() != static_cast<std::size_t>(table.rows())) return fail("split.rows", {{"rows", std::to_string(table.rows())}});
    count(strata, split);
    return {};
}

}  // namespace lamina
