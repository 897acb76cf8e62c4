// Evaluation: all nodes of an expression for one slice of rows after the other, several slices at a time.
#include <atomic>
#include <cmath>
#include <cstring>

#include "core/base/parallel.h"
#include "core/base/uuid.h"
#include "core/data/expression/functions.h"
#include "core/data/expression/tree.h"

namespace lamina {
namespace {

/// Small enough for the cache with a few nodes alive, a multiple of 8 so that no two slices share a byte of the missing bits.
constexpr std::size_t sliceRows = 4096;

/// result[row] = function(a[row], b[row]); loops over plain arrays so that the compiler makes vector code.
template <class Value, class Made, class Function>
void combine(const std::vector<Value>& a, bool singleA, const std::vector<Value>& b, bool singleB, Made* made, std::size_t rows, Function function) {
    const Value *const left = a.data(), *const right = b.data();
    if (singleA && singleB)
        for (std::size_t row = 0; row < rows; ++row) made[row] = function(left[0], right[0]);
    else if (singleA)
        for (std::size_t row = 0; row < rows; ++row) made[row] = function(left[0], right[row]);
    else if (singleB)
        for (std::size_t row = 0; row < rows; ++row) made[row] = function(left[row], right[0]);
    else
        for (std::size_t row = 0; row < rows; ++row) made[row] = function(left[row], right[row]);
}

double finiteOrMissing(double value) { return std::abs(value) <= std::numeric_limits<double>::max() ? value : std::numeric_limits<double>::quiet_NaN(); }

double moduloOf(double a, double b) {
    const double rest = std::fmod(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

void arithmetic(NodeKind kind, const ValueSlice& a, const ValueSlice& b, ValueSlice& result, std::size_t rows) {
    const auto run = [&](auto function) { combine(a.numbers, a.single, b.numbers, b.single, result.numbers.data(), rows, function); };
    switch (kind) {
        case NodeKind::Add: return run([](double x, double y) { return finiteOrMissing(x + y); });
        case NodeKind::Subtract: return run([](double x, double y) { return finiteOrMissing(x - y); });
        case NodeKind::Multiply: return run([](double x, double y) { return finiteOrMissing(x * y); });
        case NodeKind::Divide: return run([](double x, double y) { return finiteOrMissing(x / y); });
        case NodeKind::Modulo: return run([](double x, double y) { return finiteOrMissing(moduloOf(x, y)); });
        default: return run([](double x, double y) { return finiteOrMissing(std::pow(x, y)); });
    }
}

bool isMissingValue(double value) { return std::isnan(value); }
bool isMissingValue(std::string_view value) { return value.data() == nullptr; }
bool isMissingValue(std::uint8_t value) { return value == missingMask; }
bool isMissingValue(std::int64_t value) { return value == missingTime; }

template <class Value>
void compareValues(NodeKind kind, const std::vector<Value>& a, bool singleA, const std::vector<Value>& b, bool singleB, ValueSlice& result, std::size_t rows) {
    const auto run = [&](auto function) {
        combine(a, singleA, b, singleB, result.booleans.data(), rows, [function](Value x, Value y) {
            return isMissingValue(x) || isMissingValue(y) ? missingMask : static_cast<std::uint8_t>(function(x, y));
        });
    };
    switch (kind) {
        case NodeKind::Equal: return run([](Value x, Value y) { return x == y; });
        case NodeKind::NotEqual: return run([](Value x, Value y) { return x != y; });
        case NodeKind::Less: return run([](Value x, Value y) { return x < y; });
        case NodeKind::LessEqual: return run([](Value x, Value y) { return x <= y; });
        case NodeKind::Greater: return run([](Value x, Value y) { return x > y; });
        default: return run([](Value x, Value y) { return x >= y; });
    }
}

/// Both are of the same type; a value that is never there (Missing) leaves the result as it is: missing.
void compareSlices(NodeKind kind, const ValueSlice& a, const ValueSlice& b, ValueSlice& result, std::size_t rows) {
    if (a.type != b.type) return;
    switch (a.type) {
        case ExpressionType::Number: return compareValues(kind, a.numbers, a.single, b.numbers, b.single, result, rows);
        case ExpressionType::Text: return compareValues(kind, a.texts, a.single, b.texts, b.single, result, rows);
        case ExpressionType::Boolean: return compareValues(kind, a.booleans, a.single, b.booleans, b.single, result, rows);
        case ExpressionType::Time: return compareValues(kind, a.times, a.single, b.times, b.single, result, rows);
        case ExpressionType::Missing: return;
    }
}

std::uint8_t andOf(std::uint8_t a, std::uint8_t b) { return a == 0 || b == 0 ? 0 : (a | b) & missingMask ? missingMask : 1; }
std::uint8_t orOf(std::uint8_t a, std::uint8_t b) { return a == 1 || b == 1 ? 1 : (a | b) & missingMask ? missingMask : 0; }

void combineBooleans(NodeKind kind, const ValueSlice& a, const ValueSlice& b, ValueSlice& result, std::size_t rows) {
    if (kind == NodeKind::And) combine(a.booleans, a.single, b.booleans, b.single, result.booleans.data(), rows, andOf);
    else combine(a.booleans, a.single, b.booleans, b.single, result.booleans.data(), rows, orOf);
}

/// x in (a, b): as x = a or x = b.
void isOneOf(std::span<const ValueSlice> parts, ValueSlice& result, std::size_t rows) {
    std::fill(result.booleans.begin(), result.booleans.end(), std::uint8_t{0});
    ValueSlice equal;
    for (const ValueSlice& part : parts.subspan(1)) {
        equal.become(ExpressionType::Boolean, rows);
        compareSlices(NodeKind::Equal, parts[0], part, equal, rows);
        for (std::size_t row = 0; row < rows; ++row) result.booleans[row] = orOf(result.booleans[row], equal.booleans[row]);
    }
}

void isBetween(std::span<const ValueSlice> parts, ValueSlice& result, std::size_t rows) {
    ValueSlice high;
    high.become(ExpressionType::Boolean, rows);
    compareSlices(NodeKind::GreaterEqual, parts[0], parts[1], result, rows);
    compareSlices(NodeKind::LessEqual, parts[0], parts[2], high, rows);
    for (std::size_t row = 0; row < rows; ++row) result.booleans[row] = andOf(result.booleans[row], high.booleans[row]);
}

void joinTwoTexts(std::span<const ValueSlice> parts, ValueSlice& result, std::size_t rows, TextArena& arena) {
    findFunction("concat")->kernel(parts, result, rows, arena);
}

/// Fills a slice with the values of the name of this index.
using NameLoader = std::function<void(int name, ExpressionType type, ValueSlice& slice)>;

/// All nodes of a tree for one slice of rows.
class SliceEvaluator {
public:
    SliceEvaluator(const ExpressionTree& tree, std::span<const ExpressionType> types, std::size_t rows, const NameLoader& load, TextArena& arena)
        : m_tree(tree), m_types(types), m_rows(rows), m_load(load), m_arena(arena), m_values(tree.nodes.size()) {}

    ValueSlice run() {
        for (std::size_t i = 0; i < m_tree.nodes.size(); ++i) evaluate(m_tree.nodes[i], m_types[i], m_values[i]);
        return std::move(m_values.back());
    }

private:
    void evaluate(const ExpressionNode& node, ExpressionType type, ValueSlice& result) {
        if (node.kind == NodeKind::Name) return m_load(node.name, type, result);
        if (node.parts.empty() && node.kind != NodeKind::Call) return constant(node, type, result);
        std::vector<ValueSlice> parts;
        bool single = true;
        for (const int part : node.parts) {
            parts.push_back(std::move(m_values[static_cast<std::size_t>(part)]));
            single = single && parts.back().single;
            promote(parts.back(), node);
        }
        const std::size_t rows = single ? 1 : m_rows;
        result.become(type, rows);
        result.single = single;
        compute(node, parts, result, rows);
    }

    /// The constant `missing` where a value of a type is needed: that type, missing.
    void promote(ValueSlice& part, const ExpressionNode& node) {
        if (part.type != ExpressionType::Missing) return;
        ExpressionType needed = ExpressionType::Missing;
        switch (node.kind) {
            case NodeKind::And:
            case NodeKind::Or:
            case NodeKind::Not: needed = ExpressionType::Boolean; break;
            case NodeKind::Call: return;
            case NodeKind::Add:
            case NodeKind::Negate:
            case NodeKind::Subtract:
            case NodeKind::Multiply:
            case NodeKind::Divide:
            case NodeKind::Modulo:
            case NodeKind::Power: needed = ExpressionType::Number; break;
            default: return;
        }
        part.become(needed, 1);
        part.single = true;
    }

    static void constant(const ExpressionNode& node, ExpressionType type, ValueSlice& result) {
        result.become(type, 1);
        result.single = true;
        if (type == ExpressionType::Number) result.numbers[0] = node.number;
        if (type == ExpressionType::Text) result.texts[0] = node.text.empty() ? std::string_view("") : std::string_view(node.text);
        if (type == ExpressionType::Boolean) result.booleans[0] = node.number != 0;
    }

    void compute(const ExpressionNode& node, std::vector<ValueSlice>& parts, ValueSlice& result, std::size_t rows) {
        switch (node.kind) {
            case NodeKind::Call: return call(node, parts, result, rows);
            case NodeKind::Not:
                for (std::size_t row = 0; row < rows; ++row)
                    if (parts[0].booleans[row] != missingMask) result.booleans[row] = !parts[0].booleans[row];
                return;
            case NodeKind::Negate:
                for (std::size_t row = 0; row < rows; ++row) result.numbers[row] = -parts[0].numbers[row];
                return;
            case NodeKind::IsMissing:
                for (std::size_t row = 0; row < rows; ++row) result.booleans[row] = parts[0].isMissing(row);
                return;
            case NodeKind::And:
            case NodeKind::Or: return combineBooleans(node.kind, parts[0], parts[1], result, rows);
            case NodeKind::In: return isOneOf(parts, result, rows);
            case NodeKind::Between: return isBetween(parts, result, rows);
            case NodeKind::Equal:
            case NodeKind::NotEqual:
            case NodeKind::Less:
            case NodeKind::LessEqual:
            case NodeKind::Greater:
            case NodeKind::GreaterEqual: return compareSlices(node.kind, parts[0], parts[1], result, rows);
            default: break;
        }
        if (result.type == ExpressionType::Text) return joined(parts, result, rows);
        arithmetic(node.kind, parts[0], parts[1], result, rows);
    }

    void joined(std::vector<ValueSlice>& parts, ValueSlice& result, std::size_t rows) {
        for (const ValueSlice& part : parts)
            if (part.type != ExpressionType::Text) return;
        joinTwoTexts(parts, result, rows, m_arena);
    }

    /// Functions see arguments of the types they ask for; a constant `missing` makes the result missing, but for if() and coalesce().
    void call(const ExpressionNode& node, std::vector<ValueSlice>& parts, ValueSlice& result, std::size_t rows) {
        const bool takesMissing = node.function->signature.find('a') != std::string_view::npos;
        for (const ValueSlice& part : parts)
            if (part.type == ExpressionType::Missing && !takesMissing) return;
        node.function->kernel(parts, result, rows, m_arena);
    }

    const ExpressionTree& m_tree;
    std::span<const ExpressionType> m_types;
    std::size_t m_rows;
    const NameLoader& m_load;
    TextArena& m_arena;
    std::vector<ValueSlice> m_values;
};

/// The rows of a table's column from `first` on.
void loadColumn(const ColumnView& view, std::int64_t first, std::size_t rows, ExpressionType type, ValueSlice& slice) {
    slice.become(type, rows);
    const auto begin = static_cast<std::size_t>(first);
    if (view.kind == ColumnKind::Number) {
        for (std::size_t i = 0; i < rows; ++i) slice.numbers[i] = finiteOrMissing(view.numbers[begin + i]);
        return;
    }
    for (std::size_t i = 0; i < rows; ++i) {
        const auto row = first + static_cast<std::int64_t>(i);
        if (view.isMissing(row)) continue;
        switch (view.kind) {
            case ColumnKind::Integer: slice.numbers[i] = static_cast<double>(view.integers[begin + i]); break;
            case ColumnKind::Time: slice.times[i] = view.integers[begin + i]; break;
            case ColumnKind::Boolean: slice.booleans[i] = view.booleans[begin + i]; break;
            default:
                slice.texts[i] = view.text(row);
                if (!slice.texts[i].data()) slice.texts[i] = "";
        }
    }
}

/// Takes a slice of the result: number of the slice, its first row, how many, the values.
using SliceTaker = std::function<void(std::size_t index, std::size_t first, std::size_t rows, const ValueSlice& values)>;

struct TableEvaluation {
    const Expression& expression;
    const Table& table;
    std::vector<ExpressionType> types;
    std::vector<ColumnView> columns;  ///< one per name

    static Result<TableEvaluation> of(const Expression& expression, const Table& table) {
        LAMINA_CHECK(expression.check(table));
        TableEvaluation all{expression, table, {}, {}};
        for (const auto& name : expression.names()) {
            LAMINA_TRY(const std::size_t column, table.find(name));
            all.columns.push_back(table.view(column));
        }
        const auto typeOf = [&](const std::string& name) { return expressionTypeOf(table.info(*table.find(name)).kind); };
        LAMINA_TRY(all.types, checkNodes(expression.tree(), typeOf, {}));
        return all;
    }

    Result<void> run(const ExpressionRun& run, const SliceTaker& take) const {
        const auto rows = static_cast<std::size_t>(table.rows());
        parallelFor((rows + sliceRows - 1) / sliceRows, run.threads, [&](std::size_t index) {
            if (run.cancel.cancelled()) return;
            const std::size_t first = index * sliceRows, count = std::min(sliceRows, rows - first);
            TextArena arena;
            const NameLoader load = [&](int name, ExpressionType type, ValueSlice& slice) {
                loadColumn(columns[static_cast<std::size_t>(name)], static_cast<std::int64_t>(first), count, type, slice);
            };
            take(index, first, count, SliceEvaluator(expression.tree(), types, count, load, arena).run());
        });
        if (run.cancel.cancelled()) return fail("job.cancelled");
        return {};
    }
};

/// A column in the making, filled slice by slice from several threads.
struct MadeColumn {
    std::vector<double> numbers;
    std::vector<std::int64_t> integers;
    std::vector<std::uint8_t> booleans, missingBits;
    std::vector<std::uint64_t> offsets{0};
    std::string text;
    std::vector<std::string> sliceTexts;
    std::atomic<std::int64_t> missing{0};

    MadeColumn(ExpressionType type, std::size_t rows) {
        if (type == ExpressionType::Number || type == ExpressionType::Missing) numbers.assign(rows, std::numeric_limits<double>::quiet_NaN());
        else missingBits.resize((rows + 7) / 8);
        if (type == ExpressionType::Time) integers.resize(rows);
        if (type == ExpressionType::Boolean) booleans.resize(rows);
        if (type == ExpressionType::Text) offsets.resize(rows + 1);
        if (type == ExpressionType::Text) sliceTexts.resize((rows + sliceRows - 1) / sliceRows);
    }

    void take(std::size_t index, std::size_t first, std::size_t rows, const ValueSlice& values) {
        std::int64_t count = 0;
        for (std::size_t i = 0; i < rows; ++i) {
            const bool is = values.isMissing(i);
            count += is;
            if (is && !missingBits.empty()) missingBits[(first + i) >> 3] |= static_cast<std::uint8_t>(1u << ((first + i) & 7));
            if (values.type == ExpressionType::Text) {
                sliceTexts[index] += values.text(i);
                offsets[first + i + 1] = values.text(i).size();
            }
            if (is) continue;
            if (values.type == ExpressionType::Number) numbers[first + i] = values.number(i);
            if (values.type == ExpressionType::Time) integers[first + i] = values.time(i);
            if (values.type == ExpressionType::Boolean) booleans[first + i] = values.boolean(i);
        }
        missing += count;
    }

    /// The lengths become offsets, the texts of the slices one.
    void joinTexts() {
        std::size_t bytes = 0;
        for (const auto& part : sliceTexts) bytes += part.size();
        text.reserve(bytes);
        for (auto& part : sliceTexts) {
            text += part;
            part = std::string();
        }
        for (std::size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
    }
};

ColumnKind kindOf(ExpressionType type) {
    switch (type) {
        case ExpressionType::Text: return ColumnKind::Text;
        case ExpressionType::Boolean: return ColumnKind::Boolean;
        case ExpressionType::Time: return ColumnKind::Time;
        default: return ColumnKind::Number;
    }
}

TableColumn columnOf(std::shared_ptr<MadeColumn> made, ColumnKind kind, std::int64_t rows, const std::string& name) {
    TableColumn column;
    column.info.id = newUuid();
    column.info.name = name;
    column.info.kind = column.view.kind = kind;
    column.info.elementType = column.view.elementType = elementTypeOf(kind);
    column.info.rows = column.view.rows = rows;
    column.info.missing = made->missing;
    if (made->missing == 0) made->missingBits.clear();
    column.view.numbers = made->numbers;
    column.view.integers = made->integers;
    column.view.booleans = made->booleans;
    column.view.missingBits = made->missingBits;
    if (kind == ColumnKind::Text) column.view.offsets = made->offsets;
    column.view.textBytes = made->text;
    column.owner = std::move(made);
    return column;
}

ExpressionType typeOfValue(const ExpressionValue& value) { return static_cast<ExpressionType>(value.index()); }

void loadValue(const ExpressionValue& value, ExpressionType type, ValueSlice& slice) {
    slice.become(type, 1);
    slice.single = true;
    if (const auto* number = std::get_if<double>(&value)) slice.numbers[0] = finiteOrMissing(*number);
    if (const auto* text = std::get_if<std::string>(&value)) slice.texts[0] = *text;
    if (const auto* boolean = std::get_if<bool>(&value)) slice.booleans[0] = *boolean;
    if (const auto* time = std::get_if<ExpressionTime>(&value)) slice.times[0] = time->milliseconds;
}

ExpressionValue valueOf(const ValueSlice& slice) {
    if (slice.isMissing(0)) return {};
    switch (slice.type) {
        case ExpressionType::Number: return slice.number(0);
        case ExpressionType::Text: return std::string(slice.text(0));
        case ExpressionType::Boolean: return slice.boolean(0) != 0;
        case ExpressionType::Time: return ExpressionTime{slice.time(0)};
        case ExpressionType::Missing: break;
    }
    return {};
}

}  // namespace

Result<TableColumn> evaluateColumn(const Expression& expression, const Table& table, const std::string& name, const ExpressionRun& run) {
    LAMINA_TRY(const TableEvaluation evaluation, TableEvaluation::of(expression, table));
    const ExpressionType type = evaluation.types.back();
    auto made = std::make_shared<MadeColumn>(type, static_cast<std::size_t>(table.rows()));
    LAMINA_CHECK(evaluation.run(run, [&](std::size_t index, std::size_t first, std::size_t rows, const ValueSlice& values) {
        made->take(index, first, rows, values);
    }));
    if (type == ExpressionType::Text) made->joinTexts();
    return columnOf(std::move(made), kindOf(type), table.rows(), name);
}

Result<std::vector<std::uint8_t>> evaluateMask(const Expression& expression, const Table& table, const ExpressionRun& run) {
    LAMINA_TRY(const TableEvaluation evaluation, TableEvaluation::of(expression, table));
    const ExpressionType type = evaluation.types.back();
    if (type != ExpressionType::Boolean) return fail("expression.not_a_condition", {{"found", std::string("expression.type.") + expressionTypeName(type)}});
    std::vector<std::uint8_t> mask(static_cast<std::size_t>(table.rows()));
    LAMINA_CHECK(evaluation.run(run, [&](std::size_t, std::size_t first, std::size_t rows, const ValueSlice& values) {
        for (std::size_t i = 0; i < rows; ++i) mask[first + i] = values.boolean(i);
    }));
    return mask;
}

Result<ExpressionValue> Expression::evaluate(const std::vector<std::pair<std::string, ExpressionValue>>& values) const {
    std::vector<std::string> known;
    for (const auto& [name, value] : values) known.push_back(name);
    const auto find = [&](const std::string& name) {
        return std::find_if(values.begin(), values.end(), [&](const auto& entry) { return entry.first == name; });
    };
    const NameTypes typeOf = [&](const std::string& name) -> std::optional<ExpressionType> {
        const auto entry = find(name);
        if (entry == values.end()) return std::nullopt;
        return typeOfValue(entry->second);
    };
    LAMINA_TRY(const std::vector<ExpressionType> types, checkNodes(*m_tree, typeOf, known));
    TextArena arena;
    const NameLoader load = [&](int name, ExpressionType type, ValueSlice& slice) {
        loadValue(find(m_tree->names[static_cast<std::size_t>(name)])->second, type, slice);
    };
    return valueOf(SliceEvaluator(*m_tree, types, 1, load, arena).run());
}

}  // namespace lamina
