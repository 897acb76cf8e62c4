// Gaps filled: with a value, with what is typical, from the neighbours in the table or from the rows that are most alike.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/data/cleaning/nearest_rows.h"
#include "core/data/cleaning/number_sums.h"
#include "core/data/cleaning/step_tools.h"
#include "core/data/cleaning/typed_text.h"
#include "core/data/cleaning/typical_values.h"
#include "core/data/type_detection.h"

namespace lamina {
namespace {

struct FillMissing {
    std::vector<std::string> columns;
    std::string method = "median";
    std::string value;
    std::vector<std::string> groups;
    std::int64_t neighbours = 5;
    std::vector<std::string> compare;
    bool scale = true;
    bool flag = false;
    std::string suffix = " missing";
};

bool isStatistic(const std::string& method) { return method == "mean" || method == "median" || method == "most_frequent"; }
bool isFromNeighbours(const std::string& method) { return method == "previous" || method == "next" || method == "interpolate"; }
/// The result may lie between whole numbers.
bool givesFractions(const std::string& method) { return method == "mean" || method == "median" || method == "interpolate" || method == "nearest"; }

Result<std::vector<std::size_t>> columnsToFill(const CleanTable& input, const FillMissing& settings, const StepContext& context) {
    const bool mayLack = context.predicting;
    if (settings.method == "nearest") return stepColumns(input.table, settings.columns, {ColumnKind::Number, ColumnKind::Integer}, mayLack);
    if (givesFractions(settings.method))
        return stepColumns(input.table, settings.columns, {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Time}, mayLack);
    return stepColumns(input.table, settings.columns,
                       {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Boolean, ColumnKind::Category, ColumnKind::Text, ColumnKind::Time},
                       mayLack);
}

/// A column kept as whole numbers cannot hold a mean.
ColumnKind filledKind(const ColumnView& view, const FillMissing& settings) {
    return view.kind == ColumnKind::Integer && givesFractions(settings.method) ? ColumnKind::Number : view.kind;
}

TypicalValue typicalOf(const std::string& method) {
    return method == "mean" ? TypicalValue::Mean : method == "median" ? TypicalValue::Median : TypicalValue::MostFrequent;
}

nlohmann::json learnTypical(const CleanTable& input, const TableColumn& column, const KeyedRows& groups, TrainingRows training,
                            const FillMissing& settings) {
    auto typical = typicalValues(input, column, groups, training, typicalOf(settings.method));
    nlohmann::json learned{{"value", typical.back()}};
    if (settings.groups.empty()) return learned;
    auto& byGroup = learned["groups"] = nlohmann::json::object();
    for (std::size_t i = 0; i < groups.keys.size(); ++i)
        if (!typical[i].is_null()) byGroup[groups.keys[i]] = typical[i];
    return learned;
}

/// As learnTypical() does without groups, of all columns together.
Result<nlohmann::json> learnMeans(const CleanTable& input, const std::vector<std::size_t>& columns, TrainingRows training, const StepContext& context) {
    const std::uint16_t* const removed = training.empty() && input.removedBy ? input.removedBy->data() : nullptr;
    LAMINA_TRY(const auto sums, sumColumns(input.table, columns, {training, removed}, false, context));
    nlohmann::json learned = nlohmann::json::object();
    for (std::size_t i = 0; i < columns.size(); ++i)
        learned[input.table.info(columns[i]).name] = {{"value", sums[i].count > 0 ? nlohmann::json(sums[i].mean()) : nlohmann::json()}};
    return learned;
}

Result<nlohmann::json> learnNearest(const CleanTable& input, const std::vector<std::string>& targets, TrainingRows training,
                                    const FillMissing& settings) {
    LAMINA_TRY(auto compared, stepColumns(input.table, settings.compare, {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Boolean}));
    for (const auto& name : targets) {
        LAMINA_TRY(const std::size_t column, stepColumn(input.table, name));
        if (std::find(compared.begin(), compared.end(), column) == compared.end()) compared.push_back(column);
    }
    return NearestRows::learn(input, compared, training, settings.scale);
}

Result<nlohmann::json> fitFillMissing(const CleanTable& input, TrainingRows training, const FillMissing& settings, const StepContext& context) {
    LAMINA_TRY(auto chosen, columnsToFill(input, settings, context));
    if (settings.columns.empty()) std::erase_if(chosen, [&](std::size_t column) { return input.table.info(column).missing == 0; });
    std::vector<std::string> names;
    for (const std::size_t column : chosen) names.push_back(input.table.info(column).name);
    nlohmann::json fitted{{"names", names}};
    if (settings.method == "nearest") {
        LAMINA_TRY(fitted["rows"], learnNearest(input, names, training, settings));
    }
    if (!isStatistic(settings.method)) return fitted;
    if (settings.method == "mean" && settings.groups.empty()) {
        LAMINA_TRY(fitted["columns"], learnMeans(input, chosen, training, context));
        return fitted;
    }
    LAMINA_TRY(const KeyedRows groups, keyRows(input, settings.groups, context));
    std::vector<nlohmann::json> learned(chosen.size());
    LAMINA_CHECK(forPieces(chosen.size(), context,
                           [&](std::size_t i) { learned[i] = learnTypical(input, input.table.column(chosen[i]), groups, training, settings); }));
    for (std::size_t i = 0; i < chosen.size(); ++i) fitted["columns"][names[i]] = std::move(learned[i]);
    return fitted;
}

/// Puts one value into gaps of a column of any kind.
class GapFiller {
public:
    GapFiller(const TableColumn& source, ColumnKind kind) : m_source(source), m_draft(kind, source.view.rows) {
        for (const auto& text : source.view.dictionary) m_words.add(text);
    }

    /// A fill that put() takes; -1: none. Not while slices are being filled.
    std::int32_t add(const nlohmann::json& value) {
        if (value.is_null()) return -1;
        Fill fill;
        if (m_draft.kind() == ColumnKind::Text || m_draft.kind() == ColumnKind::Category) fill.text = value.get<std::string>();
        if (m_draft.kind() == ColumnKind::Category) fill.value.integer = m_words.add(fill.text);
        else if (m_draft.kind() == ColumnKind::Boolean) fill.value.integer = value.get<bool>();
        else if (m_draft.kind() == ColumnKind::Number) fill.value.number = value.get<double>();
        else if (storedAsInteger(m_draft.kind()))
            fill.value.integer = value.is_number_float() ? std::llround(value.get<double>()) : value.get<std::int64_t>();
        m_fills.push_back(std::move(fill));
        return static_cast<std::int32_t>(m_fills.size()) - 1;
    }

    void put(std::int64_t row, std::int32_t number) {
        if (number < 0) return m_draft.missing(row);
        const Fill& fill = m_fills[static_cast<std::size_t>(number)];
        if (m_draft.kind() == ColumnKind::Text) m_draft.text(row, fill.text);
        else if (m_draft.kind() == ColumnKind::Category) m_draft.code(row, static_cast<std::int32_t>(fill.value.integer));
        else putCell(m_draft, row, fill.value);
    }
    /// All of a slice as it is, gaps and all, where the column stays one of numbers or becomes one; false: row by row, please.
    bool copySlice(const RowSlice& slice) {
        if (!holdsNumbers()) return false;
        const auto numbers = m_draft.numbersOf(slice);
        const ColumnView& view = m_source.view;
        if (view.kind == ColumnKind::Number) std::copy(view.numbers.begin() + slice.first, view.numbers.begin() + slice.last, numbers.begin());
        else std::copy(view.integers.begin() + slice.first, view.integers.begin() + slice.last, numbers.begin());
        return true;
    }
    /// A column of numbers that stays one or becomes one.
    bool holdsNumbers() const {
        return m_draft.kind() == ColumnKind::Number && (m_source.view.kind == ColumnKind::Number || m_source.view.kind == ColumnKind::Integer);
    }
    /// All gaps of a slice of such a column filled with the same; gives how many there were. `removed` (may be nullptr): rows whose gaps do not count.
    std::int64_t fillSlice(const RowSlice& slice, std::int32_t number, const std::uint16_t* removed) {
        const double value = m_fills[static_cast<std::size_t>(number)].value.number;
        const ColumnView& view = m_source.view;
        const auto numbers = m_draft.numbersOf(slice);
        std::int64_t filled = 0;
        m_draft.knowMissing(slice, 0);
        if (view.kind == ColumnKind::Integer) {
            copySlice(slice);
            forMissingBits(view.missingBits, slice, [&](std::int64_t row) {
                numbers[static_cast<std::size_t>(row - slice.first)] = value;
                filled += !removed || removed[row] == 0;
            });
            return filled;
        }
        const double* const from = view.numbers.data() + slice.first;
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const bool gap = from[i] != from[i];
            filled += gap ? 1 : 0;
            numbers[i] = gap ? value : from[i];
        }
        for (std::int64_t row = slice.first; removed && row < slice.last; ++row) filled -= view.isMissing(row) && removed[row] != 0;
        return filled;
    }
    void copy(std::int64_t row, std::int64_t from) {
        if (m_draft.kind() == m_source.view.kind) m_draft.copy(row, m_source.view, from);
        else m_draft.number(row, m_source.view.number(from));
    }
    void number(std::int64_t row, double value) {
        if (m_draft.kind() == ColumnKind::Number) m_draft.number(row, value);
        else m_draft.integer(row, std::llround(value));
    }

    TableColumn finish() {
        if (m_draft.kind() == ColumnKind::Category) m_draft.setDictionary(m_words.words());
        return m_draft.finish(m_source.info.id, m_source.info.name, m_source.info.role);
    }

private:
    struct Fill {
        CellValue value;
        std::string text;
    };
    const TableColumn& m_source;
    ColumnDraft m_draft;
    WordIndex m_words;
    std::vector<Fill> m_fills;
};

/// Every row: what is there is copied, gaps are filled by fill(row), which gives false where it cannot.
template <class Fill>
Result<void> fillGaps(const CleanTable& input, const TableColumn& source, GapFiller& filler, const StepContext& context, StepReport& report,
                      Fill fill) {
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        const bool copied = filler.copySlice(slice);
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            if (!source.view.isMissing(row)) {
                if (!copied) filler.copy(row, row);
            } else if (fill(row)) {
                notes.changed(slice, row);
            } else {
                filler.put(row, -1);
            }
        }
    }));
    notes.addTo(report, source.info.name);
    return {};
}

Result<nlohmann::json> constantFor(const TableColumn& column, const FillMissing& settings) {
    const ColumnKind kind = column.view.kind;
    if (settings.value.empty()) return fail("cleaning.no_fill_value");
    if (kind == ColumnKind::Text || kind == ColumnKind::Category) return nlohmann::json(settings.value);
    CellValue value;
    if (!readCell(settings.value, kind, value))
        return fail("cleaning.bad_value", {{"column", column.info.name}, {"value", settings.value}, {"kind", columnKindName(kind)}});
    if (kind == ColumnKind::Boolean) return nlohmann::json(value.integer != 0);
    return kind == ColumnKind::Number ? nlohmann::json(value.number) : nlohmann::json(value.integer);
}

/// Of every group what its gaps get; the last one is for groups that are not known.
std::vector<std::int32_t> fillsOfGroups(GapFiller& filler, const nlohmann::json& learned, const KeyedRows& groups) {
    const std::int32_t overall = filler.add(learned.at("value"));
    std::vector<std::int32_t> fills;
    const auto byGroup = learned.find("groups");
    for (const auto& key : groups.keys) {
        const bool known = byGroup != learned.end() && byGroup->contains(key);
        fills.push_back(known ? filler.add(byGroup->at(key)) : overall);
    }
    return fills;
}

Result<void> fillTypical(const CleanTable& input, const TableColumn& source, GapFiller& filler, const nlohmann::json& learned,
                         const KeyedRows& groups, const StepContext& context, StepReport& report) {
    const auto fills = fillsOfGroups(filler, learned, groups);
    if (filler.holdsNumbers() && groups.of.empty() && fills[0] >= 0) {
        SliceNotes notes(input);
        LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
            notes.changedCells(slice, filler.fillSlice(slice, fills[0], input.removedBy ? input.removedBy->data() : nullptr));
        }));
        notes.addTo(report, source.info.name);
        return {};
    }
    return fillGaps(input, source, filler, context, report, [&](std::int64_t row) {
        const std::int32_t fill = fills[groups.group(row)];
        if (fill >= 0) filler.put(row, fill);
        return fill >= 0;
    });
}

constexpr std::int64_t noRow = -1;

/// For every gap the rows with a value before and behind it in its group, and its place between them. Removed rows are passed over.
struct GapNeighbours {
    std::vector<std::int64_t> before, after;
    std::vector<std::int64_t> place;  ///< of every row that is there, counted in its group
};

GapNeighbours neighboursOfGaps(const CleanTable& input, const ColumnView& view, const KeyedRows& groups) {
    const auto rows = static_cast<std::size_t>(view.rows);
    GapNeighbours all{std::vector<std::int64_t>(rows, noRow), std::vector<std::int64_t>(rows, noRow), std::vector<std::int64_t>(rows, 0)};
    std::vector<std::int64_t> last(groups.keys.size(), noRow), count(groups.keys.size(), 0), next(groups.keys.size(), noRow);
    for (std::int64_t row = 0; row < view.rows; ++row) {
        if (input.isRemoved(row)) continue;
        const std::size_t group = groups.group(row);
        all.place[static_cast<std::size_t>(row)] = count[group]++;
        if (view.isMissing(row)) all.before[static_cast<std::size_t>(row)] = last[group];
        else last[group] = row;
    }
    for (std::int64_t row = view.rows - 1; row >= 0; --row) {
        if (input.isRemoved(row)) continue;
        const std::size_t group = groups.group(row);
        if (view.isMissing(row)) all.after[static_cast<std::size_t>(row)] = next[group];
        else next[group] = row;
    }
    return all;
}

/// On the line between the neighbours; at the ends the only neighbour's value.
double interpolated(const ColumnView& view, const GapNeighbours& neighbours, std::int64_t row) {
    const auto i = static_cast<std::size_t>(row);
    const std::int64_t before = neighbours.before[i], after = neighbours.after[i];
    if (before == noRow || after == noRow) return view.number(before == noRow ? after : before);
    const double begin = view.number(before), end = view.number(after);
    const auto from = static_cast<double>(neighbours.place[static_cast<std::size_t>(before)]),
               to = static_cast<double>(neighbours.place[static_cast<std::size_t>(after)]);
    return (end - begin) / (to - from) * (static_cast<double>(neighbours.place[i]) - from) + begin;
}

Result<void> fillFromNeighbours(const CleanTable& input, const TableColumn& source, GapFiller& filler, const FillMissing& settings,
                                const KeyedRows& groups, const StepContext& context, StepReport& report) {
    const GapNeighbours neighbours = neighboursOfGaps(input, source.view, groups);
    return fillGaps(input, source, filler, context, report, [&](std::int64_t row) {
        const auto i = static_cast<std::size_t>(row);
        const std::int64_t before = neighbours.before[i], after = neighbours.after[i];
        const std::int64_t from = settings.method == "previous" ? before : settings.method == "next" ? after : std::max(before, after);
        if (from == noRow) return false;
        settings.method == "interpolate" ? filler.number(row, interpolated(source.view, neighbours, row)) : filler.copy(row, from);
        return true;
    });
}

Result<void> fillFromNearest(const CleanTable& input, const TableColumn& source, GapFiller& filler, const FillMissing& settings,
                             const NearestRows& nearest, const StepContext& context, StepReport& report) {
    std::vector<std::optional<ColumnView>> views;
    for (const auto& name : nearest.columns()) {
        const auto place = input.table.find(name);
        views.push_back(place ? std::optional(input.table.view(*place)) : std::nullopt);
    }
    const auto target =
        static_cast<std::size_t>(std::find(nearest.columns().begin(), nearest.columns().end(), source.info.name) - nearest.columns().begin());
    if (target == nearest.columns().size()) return fail("cleaning.not_fitted", {{"step", "fill_missing"}});
    return fillGaps(input, source, filler, context, report, [&](std::int64_t row) {
        std::vector<double> numbers;
        for (const auto& view : views) numbers.push_back(view ? view->number(row) : std::numeric_limits<double>::quiet_NaN());
        const auto estimate =
            context.cancel.cancelled() ? std::nullopt : nearest.estimate(numbers, target, static_cast<std::size_t>(settings.neighbours));
        if (estimate) filler.number(row, *estimate);
        return estimate.has_value();
    });
}

/// What all columns of one run share.
struct FillPlan {
    const CleanTable& input;
    const FillMissing& settings;
    const nlohmann::json& fitted;
    const StepContext& context;
    KeyedRows groups;
    std::optional<NearestRows> nearest;

    Result<TableColumn> fill(const TableColumn& source, StepReport& report) const {
        const ColumnKind kind = filledKind(source.view, settings);
        GapFiller filler(source, kind);
        if (kind == source.view.kind && source.info.missing == 0) return source;
        if (settings.method == "constant") {
            LAMINA_TRY(const auto value, constantFor(source, settings));
            LAMINA_CHECK(fillTypical(input, source, filler, {{"value", value}}, groups, context, report));
        } else if (isFromNeighbours(settings.method)) {
            LAMINA_CHECK(fillFromNeighbours(input, source, filler, settings, groups, context, report));
        } else if (settings.method == "nearest") {
            LAMINA_CHECK(fillFromNearest(input, source, filler, settings, *nearest, context, report));
        } else {
            LAMINA_CHECK(fillTypical(input, source, filler, fitted.at("columns").at(source.info.name), groups, context, report));
        }
        return filler.finish();
    }
};

Result<TableColumn> gapFlag(const CleanTable& input, const TableColumn& source, const FillMissing& settings, const StepContext& context) {
    ColumnDraft draft(ColumnKind::Boolean, source.view.rows);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        flagMissing(source.view, slice, draft.booleansOf(slice));
    }));
    const std::string name = source.info.name + settings.suffix;
    return draft.finish(newColumnId(input, context, name), name);
}

void sayWhatIsLeft(const CleanTable& input, const TableColumn& filled, StepReport& report) {
    std::int64_t left = 0;
    if (filled.info.missing > 0)
        for (std::int64_t row = 0; row < filled.view.rows; ++row) left += filled.view.isMissing(row) && !input.isRemoved(row);
    if (left > 0) report.issues.push_back({Severity::Warning, fail("cleaning.still_missing", {{"column", filled.info.name}}), left});
}

Result<CleanTable> applyFillMissing(const CleanTable& input, const FillMissing& settings, const nlohmann::json& fitted, const StepContext& context,
                                    StepReport& report) {
    FillPlan plan{input, settings, fitted, context, {}, std::nullopt};
    if (!settings.groups.empty() && (isStatistic(settings.method) || isFromNeighbours(settings.method))) {
        LAMINA_TRY(plan.groups, keyRows(input, settings.groups, context));
    }
    if (settings.method == "nearest") plan.nearest.emplace(fitted.at("rows"));
    auto columns = columnsOf(input.table);
    for (const auto& name : fitted.at("names").get<std::vector<std::string>>()) {
        if (context.predicting && !input.table.find(name)) continue;
        LAMINA_TRY(const std::size_t column, stepColumn(input.table, name));
        LAMINA_TRY(columns[column], plan.fill(input.table.column(column), report));
        sayWhatIsLeft(input, columns[column], report);
        if (!settings.flag) continue;
        LAMINA_TRY(auto flag, gapFlag(input, input.table.column(column), settings, context));
        LAMINA_CHECK(insertColumn(columns, columns.size(), std::move(flag)));
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& fill_missing_step() {
    static const CleaningStepType type = CleaningStepDescriptor<FillMissing, applyFillMissing>{
        .id = "fill_missing",
        .title = "Fill missing values",
        .category = "missing",
        .summary =
            "Fills gaps with a value, the mean, the median, the most frequent value, the neighbouring rows or the most similar rows. What is typical "
            "is learned from training rows only.",
        .searchWords = {"impute", "imputation", "fillna", "knn", "interpolate"},
        .properties =
            {property("columns", &FillMissing::columns, "Columns", "The columns to fill; none chosen: all with gaps that the method can fill.",
                      {.meaning = "column"}),
             property("method", &FillMissing::method, "Fill with",
                      "Mean, median, interpolation and similar rows are for numbers (whole numbers become numbers) and, but for similar rows, dates.",
                      {.choices = {"constant", "mean", "median", "most_frequent", "previous", "next", "interpolate", "nearest"}}),
             property("value", &FillMissing::value, "Value", "What gaps become, where they are filled with one value."),
             property("groups", &FillMissing::groups, "Within groups",
                      "Rows that have the same values in these columns are a group with its own mean, or its own order of rows.",
                      {.meaning = "column"}),
             property("neighbours", &FillMissing::neighbours, "Similar rows", "The mean of how many of the most similar training rows is taken.",
                      {.minimum = 1, .maximum = 1000}),
             property("compare", &FillMissing::compare, "Similar in", "The number columns in which rows are compared; none chosen: all.",
                      {.meaning = "column"}),
             property("scale", &FillMissing::scale, "Compare on one scale",
                      "Differences are counted in standard deviations, so that columns with large numbers do not decide alone."),
             property("flag", &FillMissing::flag, "Flag columns", "Adds a yes/no column for each column, which says where a value was missing."),
             property("suffix", &FillMissing::suffix, "Behind the name", "What a flag column's name has behind that of its column.")},
        .fit = eraseFit<FillMissing, fitFillMissing>};
    return type;
}

}  // namespace lamina
