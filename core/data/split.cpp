#include "core/data/split.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>
#include <sstream>

#include "core/base/uuid.h"
#include "core/data/split_deal.h"
#include "core/data/split_sizes.h"
#include "core/data/table.h"
#include "core/tensor/random.h"

namespace lamina {

namespace {

constexpr std::array partNames{"training", "validation", "test", "unused"};
constexpr std::array splitMethods{"", "random", "stratified", "group", "folder", "near_duplicates", "time", "given"};
/// A part of groups may miss its share by this much of all rows before people are told.
constexpr double toleratedDeviation = 0.02;

Result<void> checkSplitSettings(const SplitSettings& s, const Table& table, const SplitRows& rows) {
    bool sound = s.training > 0.0 && s.validation >= 0.0 && s.test >= 0.0;
    sound = sound && std::abs(s.training + s.validation + s.test - 1.0) < 1e-6;
    if (!sound)
        return fail("split.fractions",
                    {{"training", std::to_string(s.training)}, {"validation", std::to_string(s.validation)}, {"test", std::to_string(s.test)}});
    if (std::find(splitMethods.begin(), splitMethods.end(), s.method) == splitMethods.end()) return fail("split.method", {{"method", s.method}});
    if (s.folds != 0 && (s.folds < 2 || s.folds > 1000 || s.fold < 1 || s.fold > s.folds))
        return fail("split.folds", {{"folds", std::to_string(s.folds)}, {"fold", std::to_string(s.fold)}});
    const auto count = static_cast<std::size_t>(table.rows());
    if ((!rows.removedBy.empty() && rows.removedBy.size() != count) || (!rows.groups.empty() && rows.groups.size() != count))
        return fail("split.rows", {{"rows", std::to_string(count)}});
    return {};
}

void noteMissing(const Strata& strata, const std::string& target, const SplitRows& rows, std::vector<Issue>& issues) {
    std::int64_t first = -1, missing = 0;
    for (std::size_t row = 0; row < strata.ofRow.size(); ++row) {
        if (strata.ofRow[row] >= 0 || (!rows.removedBy.empty() && rows.removedBy[row] != 0)) continue;
        if (missing++ == 0) first = static_cast<std::int64_t>(row);
    }
    if (missing > 0)
        issues.push_back({Severity::Warning, fail("split.missing_target", {{"column", target}, {"row", std::to_string(first + 1)}}), missing});
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

void noteSmallClasses(const Split& split, std::vector<Issue>& issues) {
    for (const auto& one : split.classes) {
        const std::int64_t used = one.rows[0] + one.rows[1] + one.rows[2];
        bool everywhere = true;
        for (std::size_t part = 0; part < 3; ++part) everywhere = everywhere && (one.rows[part] > 0 || split.counts[part] == 0);
        if (used == 0 || (everywhere && used >= fewestRowsOfClass)) continue;
        const std::string rows = std::to_string(used);
        issues.push_back({Severity::Warning,
                          everywhere ? fail("split.rare_class", {{"class", one.name}, {"rows", rows}})
                                     : fail("split.small_class", {{"class", one.name}, {"rows", rows}}),
                          1});
    }
}

/// Groups cannot be cut: say so where that shows.
void noteUnevenParts(const SplitSettings& settings, const Split& split, std::vector<Issue>& issues) {
    const double all = static_cast<double>(split.counts[0] + split.counts[1] + split.counts[2]);
    if (!settings.subset.empty() || settings.folds >= 2 || all == 0) return;
    const std::array wanted{settings.training, settings.validation, settings.test};
    for (std::size_t part = 0; part < 3; ++part) {
        const double is = static_cast<double>(split.counts[part]) / all;
        if (std::abs(is - wanted[part]) <= std::max(toleratedDeviation, 1 / all)) continue;
        const auto percent = [](double share) { return std::to_string(std::lround(100 * share)); };
        issues.push_back(
            {Severity::Warning, fail("split.uneven", {{"part", partNames[part]}, {"wanted", percent(wanted[part])}, {"is", percent(is)}}), 1});
    }
}

/// Rows to be drawn, by stratum (all in one where not stratified).
std::vector<std::vector<std::int64_t>> poolsOf(const Strata& strata, bool stratify, std::span<const std::uint8_t> given) {
    std::vector<std::vector<std::int64_t>> pools(stratify ? strata.names.size() : 1);
    for (std::size_t row = 0; row < given.size(); ++row)
        if (given[row] == partToDraw)
            pools[stratify ? static_cast<std::size_t>(strata.at(static_cast<std::int64_t>(row))) : 0].push_back(static_cast<std::int64_t>(row));
    return pools;
}

/// The shares of a pool that has some rows in the parts already: what is left of the shares of all together.
Shares remainingShares(const Shares& wanted, const Shares& there, std::int64_t left) {
    std::array<double, 3> lacking{};
    double sum = 0;
    for (std::size_t part = 0; part < 3; ++part) sum += lacking[part] = static_cast<double>(std::max<std::int64_t>(0, wanted[part] - there[part]));
    if (sum <= 0) return {left, 0, 0};
    for (double& fraction : lacking) fraction /= sum;
    const std::array sizes{left};
    return shareOut(sizes, lacking).front();
}

/// Which rows of a stratum lie where already.
std::vector<Shares> sharesThere(const Strata& strata, bool stratify, std::span<const std::uint8_t> given, bool counts) {
    std::vector<Shares> there(stratify ? strata.names.size() : 1, Shares{});
    for (std::size_t row = 0; row < given.size() && counts; ++row)
        if (given[row] < 3) ++there[stratify ? static_cast<std::size_t>(strata.at(static_cast<std::int64_t>(row))) : 0][given[row]];
    return there;
}

struct RowDraw {
    const Strata& strata;
    const SplitSettings& settings;
    SplitBins bins;
    bool stratify;
    bool countGiven;  ///< rows that have a part already count in the fractions
};

std::vector<Shares> sharesOfPools(const RowDraw& how, const std::vector<std::vector<std::int64_t>>& pools, std::span<const std::uint8_t> given) {
    const double test = how.bins.fractions.back();
    const std::array fractions =
        how.settings.folds < 2 ? std::array{how.bins.fractions[0], how.bins.fractions[1], test} : std::array{1 - test, 0.0, test};
    auto there = sharesThere(how.strata, how.stratify, given, how.countGiven);
    std::vector<std::int64_t> all;
    for (std::size_t p = 0; p < pools.size(); ++p) {
        if (how.settings.folds >= 2) there[p] = {there[p][0] + there[p][1], 0, there[p][2]};
        all.push_back(static_cast<std::int64_t>(pools[p].size()) + there[p][0] + there[p][1] + there[p][2]);
    }
    auto shares = shareOut(all, fractions);
    for (std::size_t p = 0; p < pools.size(); ++p)
        if (there[p] != Shares{}) shares[p] = remainingShares(shares[p], there[p], static_cast<std::int64_t>(pools[p].size()));
    return shares;
}

Result<void> drawRows(const RowDraw& how, std::vector<std::uint8_t>& parts) {
    const auto pools = poolsOf(how.strata, how.stratify, parts);
    std::int64_t rows = 0;
    for (const auto& pool : pools) rows += static_cast<std::int64_t>(pool.size());
    const auto needed = std::count_if(how.bins.fractions.begin(), how.bins.fractions.end(), [](double f) { return f > 0.0; });
    const auto has = [&](Part part) { return std::find(parts.begin(), parts.end(), static_cast<std::uint8_t>(part)) != parts.end(); };
    // A column that names rows of every part leaves few to draw, or none.
    const bool named = !how.settings.subset.empty() && has(Part::Training) && has(Part::Validation);
    if (rows < needed && !how.countGiven && !named) return fail("split.too_few_rows", {{"rows", std::to_string(rows)}, {"needed", std::to_string(needed)}});
    const auto shares = sharesOfPools(how, pools, parts);
    std::int64_t dealt = 0;
    for (std::size_t p = 0; p < pools.size(); ++p) {
        const auto size = static_cast<std::int64_t>(pools[p].size());
        const std::string stream = pools.size() > 1 ? "split:" + how.strata.names[p] : "split";
        const auto order = randomOrder(size, RandomStream(how.settings.seed, streamOf(stream)));
        for (std::int64_t i = 0; i < size; ++i) {
            const std::size_t bin = i < shares[p][0] ? 0 : i < shares[p][0] + shares[p][1] ? 1 : 2;
            const std::int64_t row = pools[p][static_cast<std::size_t>(order[static_cast<std::size_t>(i)])];
            Part part = static_cast<Part>(bin);
            // Folds go on from class to class, so that their sizes differ by one at most.
            if (how.settings.folds >= 2 && bin == 0) part = how.bins.parts[static_cast<std::size_t>(dealt++ % how.settings.folds)];
            parts[static_cast<std::size_t>(row)] = static_cast<std::uint8_t>(part);
        }
    }
    return {};
}

/// The times of the rows to be drawn; a row without one becomes Unused and is told.
Result<std::vector<std::pair<double, std::int64_t>>> timesOf(const Table& table, const std::string& column, std::vector<std::uint8_t>& parts,
                                                             std::vector<Issue>& issues) {
    LAMINA_TRY(const std::size_t index, findSplitColumn(table, column));
    const ColumnView view = table.view(index);
    if (view.kind != ColumnKind::Number && !storedAsInteger(view.kind)) return fail("split.not_time", {{"column", column}});
    std::vector<std::pair<double, std::int64_t>> times;
    std::int64_t without = 0;
    for (std::int64_t row = 0; row < view.rows; ++row) {
        auto& part = parts[static_cast<std::size_t>(row)];
        if (part != partToDraw) continue;
        const double time = view.number(row);
        if (std::isfinite(time)) {
            times.emplace_back(time, row);
            continue;
        }
        part = static_cast<std::uint8_t>(Part::Unused);
        ++without;
    }
    if (without > 0) issues.push_back({Severity::Warning, fail("split.missing_time", {{"column", column}}), without});
    std::sort(times.begin(), times.end());
    return times;
}

/// The place nearest to `wanted` where the time changes.
std::int64_t borderNear(const std::vector<std::pair<double, std::int64_t>>& times, double wanted) {
    const auto count = static_cast<std::int64_t>(times.size());
    const std::int64_t place = std::clamp<std::int64_t>(std::llround(wanted), 0, count);
    const auto changes = [&](std::int64_t at) {
        return at == 0 || at == count || times[static_cast<std::size_t>(at - 1)].first < times[static_cast<std::size_t>(at)].first;
    };
    for (std::int64_t away = 0; away <= count; ++away) {
        if (place - away >= 0 && changes(place - away)) return place - away;
        if (place + away <= count && changes(place + away)) return place + away;
    }
    return place;
}

Part partInTime(const SplitSettings& s, std::size_t block) {
    if (s.folds < 2) return static_cast<Part>(block);
    // The blocks: what is older than the first fold, the folds, the test part.
    const auto fold = static_cast<std::int64_t>(block);
    if (fold > s.folds) return Part::Test;
    return fold == s.fold ? Part::Validation : fold < s.fold ? Part::Training : Part::Unused;
}

std::vector<double> blocksInTime(const SplitSettings& s, bool testIsGiven) {
    const double test = testIsGiven ? 0.0 : s.test;
    if (s.folds < 2) return binsOf(s, testIsGiven).fractions;
    std::vector<double> blocks(static_cast<std::size_t>(s.folds) + 1, (1 - test) / static_cast<double>(s.folds + 1));
    blocks.push_back(test);
    return blocks;
}

Result<void> drawByTime(const Table& table, const SplitSettings& s, std::vector<std::uint8_t>& parts, std::vector<Issue>& issues) {
    LAMINA_TRY(const auto times, timesOf(table, s.column, parts, issues));
    const auto blocks = blocksInTime(s, !s.subset.empty());
    const auto needed = std::count_if(blocks.begin(), blocks.end(), [](double f) { return f > 0.0; });
    if (std::ssize(times) < needed) return fail("split.too_few_rows", {{"rows", std::to_string(times.size())}, {"needed", std::to_string(needed)}});
    double share = 0;
    std::int64_t from = 0;
    for (std::size_t block = 0; block < blocks.size(); ++block) {
        share += blocks[block];
        const std::int64_t to =
            block + 1 == blocks.size() ? std::ssize(times) : std::max(from, borderNear(times, share * static_cast<double>(times.size())));
        for (std::int64_t i = from; i < to; ++i)
            parts[static_cast<std::size_t>(times[static_cast<std::size_t>(i)].second)] = static_cast<std::uint8_t>(partInTime(s, block));
        from = to;
    }
    return {};
}

/// The bin of units that have rows in a part already: where most of them are.
std::vector<std::int32_t> binsOfKnown(const SplitUnits& units, const SplitBins& bins, std::span<const std::uint8_t> known) {
    std::vector<std::array<std::int64_t, 3>> rows(static_cast<std::size_t>(units.count));
    for (std::size_t row = 0; row < known.size(); ++row)
        if (units.ofRow[row] >= 0 && known[row] < 3) ++rows[static_cast<std::size_t>(units.ofRow[row])][known[row]];
    std::vector<std::int32_t> fixed;
    for (const auto& counts : rows) {
        const auto most = std::max_element(counts.begin(), counts.end());
        std::int32_t bin = -1;
        for (std::size_t b = 0; b < bins.parts.size() && *most > 0 && bin < 0; ++b)
            if (bins.parts[b] == static_cast<Part>(most - counts.begin())) bin = static_cast<std::int32_t>(b);
        fixed.push_back(bin);
    }
    return fixed;
}

Result<void> drawGroups(const SplitInput& input, const Strata& strata, bool stratify, std::span<const std::uint8_t> known,
                        std::vector<std::uint8_t>& parts) {
    // Rows that keep their part are dealt as well, into the bin where they are, so that they count.
    std::vector<std::uint8_t> dealt = parts;
    for (std::size_t row = 0; row < known.size(); ++row)
        if (known[row] < 3 && parts[row] == known[row]) dealt[row] = partToDraw;
    LAMINA_TRY(const auto units, unitsOf(input.table, input.settings, input.rows, dealt));
    const Strata one;
    UnitDeal deal{units, stratify ? strata : one, binsOf(input.settings, !input.settings.subset.empty()), input.settings.seed, {}};
    const auto needed = std::count_if(deal.bins.fractions.begin(), deal.bins.fractions.end(), [](double f) { return f > 0.0; });
    if (units.count < needed) return fail("split.too_few_groups", {{"groups", std::to_string(units.count)}, {"needed", std::to_string(needed)}});
    if (!known.empty()) deal.fixed = binsOfKnown(units, deal.bins, known);
    const auto bins = dealUnits(deal);
    for (std::size_t row = 0; row < parts.size(); ++row)
        if (parts[row] == partToDraw)
            parts[row] = static_cast<std::uint8_t>(deal.bins.parts[static_cast<std::size_t>(bins[static_cast<std::size_t>(units.ofRow[row])])]);
    return {};
}

/// By time, new rows go where their time belongs among those that are known.
Result<void> placeByTime(const Table& table, const SplitSettings& s, std::span<const std::uint8_t> known, std::vector<std::uint8_t>& parts,
                         std::vector<Issue>& issues) {
    LAMINA_TRY(const std::size_t index, findSplitColumn(table, s.column));
    const ColumnView view = table.view(index);
    LAMINA_TRY(const auto times, timesOf(table, s.column, parts, issues));
    std::array<double, 3> newest;
    newest.fill(-std::numeric_limits<double>::infinity());
    for (std::size_t row = 0; row < known.size(); ++row)
        if (known[row] < 3) newest[known[row]] = std::max(newest[known[row]], view.number(static_cast<std::int64_t>(row)));
    for (const auto& [time, row] : times) {
        Part part = time <= newest[0] ? Part::Training : time <= newest[1] ? Part::Validation : Part::Test;
        if (part == Part::Test && s.test == 0) part = s.validation > 0 ? Part::Validation : Part::Training;
        parts[static_cast<std::size_t>(row)] = static_cast<std::uint8_t>(part);
    }
    return {};
}

std::optional<double> numberIn(const nlohmann::json& json, const char* key) {
    if (!json.contains(key)) return std::nullopt;
    return json[key].get<double>();
}

SplitSettings completed(SplitSettings settings) {
    if (settings.method == "given" && !settings.column.empty()) settings.subset = settings.column;
    if (settings.method == "random") settings.stratify = false;
    if (settings.method == "stratified") settings.stratify = true;
    return settings;
}

}  // namespace

const char* partName(Part part) { return partNames[static_cast<std::size_t>(part)]; }

nlohmann::json toJson(const SplitSettings& s) {
    nlohmann::json json{{"seed", s.seed}, {"training", s.training}, {"validation", s.validation}, {"test", s.test},
                        {"target", s.target}, {"stratify", s.stratify}, {"subset", s.subset}};
    if (!s.method.empty()) json["method"] = s.method;
    if (!s.column.empty()) json["column"] = s.column;
    if (s.folds != 0) json.update({{"folds", s.folds}, {"fold", s.fold}});
    return json;
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
    s.method = json.value("method", s.method);
    s.column = json.value("column", s.column);
    s.folds = json.value("folds", s.folds);
    s.fold = json.value("fold", s.fold);
    return s;
} catch (const nlohmann::json::exception& e) {
    return fail("split.settings", {{"reason", e.what()}});
}

std::string splitMethodText(const SplitSettings& given) {
    const SplitSettings s = completed(given);
    std::string text = s.method;
    if (text.empty() || text == "random" || text == "stratified") text = !s.subset.empty() ? "given" + (s.subset == "subset" ? "" : ":" + s.subset) : s.stratify ? "stratified" : "random";
    else if (!s.column.empty()) text += ":" + s.column;
    if (s.folds >= 2) text += " fold " + std::to_string(s.fold) + "/" + std::to_string(s.folds);
    return text;
}

constexpr std::string_view rowsKeyMark = " rows ";
constexpr std::size_t rowsKeyLetters = 16;

std::string withRowsKey(const std::string& method, const std::string& rowsKey) {
    const std::string words = method.substr(0, method.size() - (rowsKeyIn(method).empty() ? 0 : rowsKeyMark.size() + rowsKeyLetters));
    return rowsKey.empty() ? words : words + std::string(rowsKeyMark) + rowsKey;
}

std::string rowsKeyIn(const std::string& method) {
    const std::size_t length = rowsKeyMark.size() + rowsKeyLetters;
    if (method.size() <= length || std::string_view(method).substr(method.size() - length, rowsKeyMark.size()) != rowsKeyMark) return {};
    const std::string key = method.substr(method.size() - rowsKeyLetters);
    return key.find_first_not_of("0123456789abcdef") == std::string::npos ? key : std::string();
}

void readSplitMethod(const std::string& text, SplitSettings& settings) {
    std::string words = withRowsKey(text, {});
    if (const std::size_t at = words.rfind(" fold "); at != std::string::npos) {
        std::int64_t fold = 0, folds = 0;
        char slash = 0;
        std::istringstream numbers(words.substr(at + 6));
        if (numbers >> fold >> slash >> folds && slash == '/') {
            settings.fold = fold;
            settings.folds = folds;
            words.resize(at);
        }
    }
    const std::size_t colon = words.find(':');
    const std::string method = words.substr(0, colon);
    if (std::find(splitMethods.begin() + 1, splitMethods.end(), method) == splitMethods.end()) return;
    settings.method = method;
    if (colon != std::string::npos) settings.column = words.substr(colon + 1);
}

std::vector<std::int64_t> Split::rows(Part wanted) const {
    std::vector<std::int64_t> found;
    found.reserve(static_cast<std::size_t>(std::count(parts.begin(), parts.end(), static_cast<std::uint8_t>(wanted))));
    for (std::size_t row = 0; row < parts.size(); ++row) {
        if (static_cast<Part>(parts[row]) == wanted) found.push_back(static_cast<std::int64_t>(row));
    }
    return found;
}

Result<Split> dealSplit(const SplitInput& input, std::span<const std::uint8_t> known) {
    const SplitInput whole{input.table, completed(input.settings), input.rows, input.cancel};
    const SplitSettings& s = whole.settings;
    LAMINA_CHECK(checkSplitSettings(s, whole.table, whole.rows));
    LAMINA_TRY(const Strata strata, strataOf(whole.table, s.target));
    if (whole.cancel.cancelled()) return fail("job.cancelled");
    Split split;
    LAMINA_TRY(split.parts, givenParts(whole.table, strata, s.subset, whole.rows));
    for (std::size_t row = 0; row < known.size(); ++row)
        if (split.parts[row] == partToDraw && known[row] < 3) split.parts[row] = known[row];
    if (whole.cancel.cancelled()) return fail("job.cancelled");
    const bool groups = s.method == "group" || s.method == "folder" || s.method == "near_duplicates", stratify = s.stratify && strata.classes;
    if (groups) LAMINA_CHECK(drawGroups(whole, strata, stratify, known, split.parts));
    else if (s.method == "time" && !known.empty()) LAMINA_CHECK(placeByTime(whole.table, s, known, split.parts, split.issues));
    else if (s.method == "time") LAMINA_CHECK(drawByTime(whole.table, s, split.parts, split.issues));
    else LAMINA_CHECK(drawRows({strata, s, binsOf(s, !s.subset.empty()), stratify, !known.empty()}, split.parts));
    countParts(strata, split);
    LAMINA_CHECK(checkClasses(strata, s.target, split));
    noteMissing(strata, s.target, whole.rows, split.issues);
    noteSmallClasses(split, split.issues);
    if (groups || s.method == "time") noteUnevenParts(s, split, split.issues);
    return split;
}

Result<Split> makeSplit(const Table& table, const SplitSettings& settings, const SplitRows& rows, const CancelToken& cancel) {
    return dealSplit({table, settings, rows, cancel}, {});
}

Result<Split> makeSplit(const Table& table, const SplitSettings& settings, const CancelToken& cancel) {
    return makeSplit(table, settings, SplitRows{}, cancel);
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
    countParts(strata, split);
    return {};
}

}  // namespace lamina
