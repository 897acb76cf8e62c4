#include "app/jobs/raw_rows.h"

#include <algorithm>
#include <limits>

#include "core/data/time_text.h"

namespace lamina {
namespace {

ColumnKind rawKind(const FrozenColumn& column) { return columnKindFromName(column.record.kind).value_or(ColumnKind::Text); }

bool isNumberKind(ColumnKind kind) { return kind == ColumnKind::Number || kind == ColumnKind::Integer || kind == ColumnKind::Boolean; }

std::string_view withoutBlanks(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

/// Adds the text as a value of the kind; false (and nothing is added) where it is none.
bool addValue(ColumnData& data, WordIndex& words, ColumnKind kind, std::string_view text, bool decimalComma = false, DateOrder dates = DateOrder::Unknown) {
    std::string buffer;
    const NumberText number = isNumberKind(kind) ? readLooseNumber(text, decimalComma, buffer) : NumberText{};
    const int flag = isNumberKind(kind) ? readBoolean(text) : -1;
    switch (kind) {
        case ColumnKind::Number:
            if (number.is == TextValue && flag < 0) return false;
            data.addNumber(number.is == TextValue ? flag : number.value);
            return true;
        case ColumnKind::Integer:
            if (number.is == TextValue && flag < 0) return false;
            if (number.is == NumberValue && number.value != static_cast<double>(static_cast<std::int64_t>(number.value))) return false;
            data.addInteger(number.is == TextValue ? flag : number.is == IntegerValue ? number.integer : static_cast<std::int64_t>(number.value));
            return true;
        case ColumnKind::Boolean: {
            const int any = readAnyBoolean(text);
            if (any < 0) return false;
            data.addBoolean(any != 0);
            return true;
        }
        case ColumnKind::Time: {
            const auto time = parseTime(text, dates);
            if (!time) return false;
            data.addInteger(*time);
            return true;
        }
        case ColumnKind::Category: data.addCode(words.add(text)); return true;
        case ColumnKind::Text:
        case ColumnKind::Image: data.addText(text); return true;
        case ColumnKind::Tensor: break;
    }
    return false;
}

FeatureColumn inputOf(const FrozenColumn& column) {
    FeatureColumn input;
    input.name = column.record.name;
    input.kind = isNumberKind(rawKind(column)) ? FeatureKind::Number : FeatureKind::Category;
    input.categories = column.categories;
    input.mean = input.deviation = std::numeric_limits<double>::quiet_NaN();  // not known of a column that is cleaned first
    return input;
}

}  // namespace

std::vector<FeatureColumn> inputsOf(const FrozenRecipe& frozen) {
    std::vector<FeatureColumn> inputs;
    for (const FrozenColumn& column : frozen.columns)
        if (column.needed) inputs.push_back(inputOf(column));
    return inputs;
}

RawRows::RawRows(const FrozenRecipe& frozen, const std::string& missing, char decimal, DateOrder dates)
    : m_missing(missing), m_decimalComma(decimal == ','), m_dates(dates) {
    for (const FrozenColumn& known : frozen.columns) {
        auto column = std::make_unique<Column>();
        column->frozen = &known;
        column->kind = rawKind(known);
        column->input = known.needed;
        column->data = ColumnData(column->kind);
        // The dictionary of the training data comes first, so that its codes are the same.
        for (const std::string& word : known.categories) column->words.add(word);
        if (column->kind != ColumnKind::Tensor) m_columns.push_back(std::move(column));
    }
}

bool RawRows::read(Column& column, std::string_view text, bool keep) const {
    text = withoutBlanks(text);
    ColumnData unkept(column.kind);
    ColumnData& data = keep ? column.data : unkept;
    WordIndex none;
    if (m_missing.contains(text)) {
        data.addMissing();
        return true;
    }
    if (addValue(data, keep ? column.words : none, column.kind, text, m_decimalComma, m_dates)) return true;
    data.addMissing();
    return false;
}

std::vector<ValueRemark> RawRows::each(std::span<const std::string_view> texts, bool keep) const {
    std::vector<ValueRemark> remarks;
    std::size_t input = 0;
    for (const auto& column : m_columns) {
        if (!column->input) {
            // Not as the file writes it: with a point, and dates in full.
            const std::string& standIn = column->frozen->standIn;
            if (keep && (standIn.empty() || !addValue(column->data, column->words, column->kind, standIn))) column->data.addMissing();
            continue;
        }
        const std::string_view text = input < texts.size() ? texts[input] : std::string_view();
        if (!read(*column, text, keep))
            remarks.push_back({input, fail("predict.not_of_kind", {{"column", column->frozen->record.name}, {"value", std::string(text)}, {"kind", column->frozen->record.kind}}), false});
        ++input;
    }
    return remarks;
}

std::vector<ValueRemark> RawRows::add(std::span<const std::string_view> texts) {
    ++m_rows;
    return each(texts, true);
}

std::vector<ValueRemark> RawRows::check(std::span<const std::string_view> texts) const { return each(texts, false); }

TableColumn RawRows::taken(Column& column) {
    if (column.kind == ColumnKind::Category) column.data.setDictionary(column.words.words());
    auto made = TableColumn::inMemory(std::exchange(column.data, ColumnData(column.kind)), column.frozen->record.id, column.frozen->record.name);
    made.info.role = column.frozen->record.role;
    return made;
}

Result<Table> RawRows::take() {
    std::vector<TableColumn> columns;
    for (const auto& column : m_columns) columns.push_back(taken(*column));
    m_rows = 0;
    return Table::of(std::move(columns));
}

Result<void> RawRows::flush(const Path& folder) {
    for (const auto& column : m_columns) {
        if (!column->writer) {
            ColumnInfo info;
            info.id = column->frozen->record.id;
            info.name = column->frozen->record.name;
            info.kind = column->kind;
            info.role = column->frozen->record.role;
            info.elementType = elementTypeOf(column->kind);
            LAMINA_TRY(column->writer, ColumnFileWriter::create(folder, std::move(info)));
        }
        LAMINA_CHECK(column->writer->append(column->data.view()));
        column->data.clear();
    }
    m_rows = 0;
    return {};
}

Result<Table> RawRows::finish(const Path& folder) {
    LAMINA_CHECK(flush(folder));
    std::vector<StoredColumn> stored;
    for (const auto& column : m_columns) {
        if (column->kind == ColumnKind::Category) column->writer->setDictionary(column->words.words());
        LAMINA_TRY(auto file, column->writer->finish());
        stored.push_back(std::move(file));
    }
    return Table::open(stored);
}

Result<Table> asFrozenColumns(const FrozenRecipe& frozen, const Table& imported) {
    std::vector<TableColumn> columns;
    std::string absent, known;
    for (std::size_t c = 0; c < imported.columnCount(); ++c) known += (known.empty() ? "" : ", ") + imported.info(c).name;
    for (const FrozenColumn& column : frozen.columns) {
        const ColumnKind kind = rawKind(column);
        const auto found = imported.find(column.record.name);
        const bool hidden = column.record.role == "target" && !column.needed;
        if (!found && column.needed) absent += (absent.empty() ? "" : ", ") + column.record.name;
        if (kind == ColumnKind::Tensor && !found) continue;
        if (found && !hidden && imported.info(*found).kind == kind) {
            columns.push_back(imported.column(*found));
        } else {
            ColumnData data(kind);
            WordIndex words;
            for (const std::string& word : column.categories) words.add(word);
            for (std::int64_t row = 0; row < imported.rows(); ++row) {
                const std::string text = found && !hidden ? imported.cellText(row, *found) : column.standIn;
                if (text.empty() || !addValue(data, words, kind, text)) data.addMissing();
            }
            if (kind == ColumnKind::Category) data.setDictionary(words.words());
            columns.push_back(TableColumn::inMemory(std::move(data), column.record.id, column.record.name));
        }
        columns.back().info.id = column.record.id;
        columns.back().info.role = column.record.role;
    }
    if (!absent.empty()) return fail("predict.missing_columns", {{"columns", absent}, {"known", known}});
    return Table::of(std::move(columns));
}

std::vector<ValueRemark> cleanedRemarks(const Preparation& preparation, const Table& clean, std::int64_t row) {
    std::vector<ValueRemark> remarks;
    for (std::size_t f = 0; f < preparation.features.size(); ++f) {
        const FeatureColumn& feature = preparation.features[f];
        const auto column = clean.find(feature.name);
        if (!column) continue;
        const std::string text = clean.cellText(row, *column);
        if (feature.kind == FeatureKind::Number && !feature.hasMissingFlag && numberIsMissing(feature, clean.view(*column).number(row)))
            remarks.push_back({f, fail("predict.filled", {{"column", feature.name}, {"value", text}}), false});
        const auto& known = feature.categories;
        if (feature.kind == FeatureKind::Category && !text.empty() && std::find(known.begin(), known.end(), text) == known.end())
            remarks.push_back({f, fail("predict.unknown_category", {{"column", feature.name}, {"value", text}}), false});
    }
    return remarks;
}

}  // namespace lamina
