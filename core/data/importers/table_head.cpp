#include "core/data/importers/table_head.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace lamina {
namespace {

/// What stands for "no unit" in a row of units.
bool isDash(std::string_view cell) { return cell == "-" || cell == "--" || cell == "–" || cell == "—" || cell == "/"; }

bool isBracketed(std::string_view cell) {
    if (cell.size() < 3 || cell.size() > 32) return false;
    return (cell.front() == '[' && cell.back() == ']') || (cell.front() == '(' && cell.back() == ')');
}

std::string_view withoutBrackets(std::string_view cell) {
    if (!isBracketed(cell)) return cell;
    cell = cell.substr(1, cell.size() - 2);
    while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
    while (!cell.empty() && cell.back() == ' ') cell.remove_suffix(1);
    return cell;
}

constexpr std::string_view prefixedUnits[] = {"m",  "g",  "s",  "A",  "K",  "mol", "cd",   "Hz",  "N",  "Pa", "J",  "W",   "V",   "F",
                                                         "C",  "T",  "H",  "lm", "lx", "Bq",  "Gy",   "Sv",  "kat", "L",  "l",  "bar", "eV",  "Wh",
                                                         "B",  "b",  "bit", "Ω",  "ohm", "cal", "VA",  "Ah",  "rad", "sr",  "ppm", "dB"};
constexpr std::string_view unitPrefixes[] = {"k", "M", "G", "T", "P", "h", "da", "d", "c", "m", "u", "µ", "μ", "n", "p", "f"};
constexpr std::string_view otherUnits[] = {
    "%",    "‰",     "°C",   "°F",   "°",     "℃",    "℉",    "degC", "degF", "deg",  "degree", "degrees", "celsius", "min",    "h",     "hr",
    "hrs",  "hour",  "hours", "sec",  "second", "seconds", "minutes", "day", "days", "d",    "week",   "weeks",   "month",   "months", "year",  "years",
    "yr",   "yrs",   "in",   "inch",  "inches", "ft",   "feet", "yd",   "mi",   "mile",   "miles",   "mph",     "kph",    "knot",  "knots",
    "kn",   "kt",    "lb",   "lbs",  "oz",    "t",    "ton",  "tons", "gal",  "ha",   "acre",   "acres",   "cc",      "mmHg",   "atm",   "psi",
    "rpm",  "bpm",   "fps",  "ppb",  "pH",    "NTU",  "PSU",  "psu",  "dBm",  "dBA",  "px",     "pixel",   "pixels",  "USD",    "EUR",   "GBP",
    "CNY",  "RMB",   "JPY",  "CHF",  "$",     "€",    "£",    "¥",    "kcal", "IU",   "mEq",    "count",   "counts",  "persons", "people", "meters"};
constexpr std::string_view chineseUnits[] = {"千克", "公斤", "克",   "毫克", "吨",   "斤",   "米",   "厘米", "毫米", "千米", "公里",
                                                        "秒",   "毫秒", "分",   "分钟", "小时", "时",   "天",   "日",   "周",   "月",   "年",
                                                        "岁",   "元",   "万元", "亿元", "美元", "人",   "万人", "次",   "个",   "件",   "升",
                                                        "毫升", "度",   "摄氏度", "平方米", "立方米", "公顷", "亩", "百分比", "台", "户", "千瓦时"};

template <std::size_t N>
bool listsUnit(const std::string_view (&units)[N], std::string_view unit) { return std::find(std::begin(units), std::end(units), unit) != std::end(units); }

/// One factor of a unit: "kg", "m2", "s^-1", "cm³".
bool isUnitFactor(std::string_view factor) {
    for (const std::string_view power : {"⁻¹", "⁻²", "⁻³", "²", "³"})
        if (factor.ends_with(power)) factor.remove_suffix(power.size());
    const auto letters = factor.find_last_not_of("0123456789^-+");
    if (letters == std::string_view::npos) return factor == "1" || factor == "100" || factor == "1000";
    factor = factor.substr(0, letters + 1);
    if (listsUnit(prefixedUnits, factor) || listsUnit(otherUnits, factor) || listsUnit(chineseUnits, factor)) return true;
    return std::any_of(std::begin(unitPrefixes), std::end(unitPrefixes),
                       [&](std::string_view prefix) { return factor.starts_with(prefix) && listsUnit(prefixedUnits, factor.substr(prefix.size())); });
}

/// A form of date or a clock, as rows of units say it of columns of times.
bool isTimeForm(std::string_view cell) {
    for (const std::string_view word : {"utc", "UTC", "GMT", "TS", "local", "local time"})
        if (cell == word) return true;
    std::set<char> letters;
    for (const char c : cell) {
        const char letter = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        if (letter >= 'a' && letter <= 'z') letters.insert(letter);
        else if (std::string_view("-/.: ").find(c) == std::string_view::npos) return false;
    }
    return cell.size() >= 4 && letters.size() >= 2 && std::all_of(letters.begin(), letters.end(), [](char c) { return std::string_view("ymdhst").find(c) != std::string_view::npos; });
}

const std::string& headCellAt(const std::vector<std::string>& row, std::size_t column) {
    static const std::string none;
    return column < row.size() ? row[column] : none;
}

bool isNumberText(std::string_view cell) {
    std::string buffer;
    return readAnyNumber(cell).is != TextValue || readDecoratedNumber(cell, false, buffer).is != TextValue || readBoolean(cell) >= 0;
}

/// What the cells of a column are.
enum class Below { Nothing, Numbers, Others };

Below columnBelow(HeadRows rows, std::size_t column, const MissingWords& missing) {
    std::size_t present = 0, numbers = 0;
    for (const auto& row : rows) {
        const auto& cell = headCellAt(row, column);
        if (missing.contains(cell)) continue;
        ++present;
        numbers += isNumberText(cell);
    }
    if (present == 0) return Below::Nothing;
    return numbers * 100 >= present * 95 ? Below::Numbers : Below::Others;
}

/// A name or a group: words, or a year.
bool couldBeGroup(std::string_view cell) {
    const auto number = readAnyNumber(cell);
    return number.is == TextValue || number.is == IntegerValue;
}

/// Columns side by side under one group: its own cell is empty or the same again, as in a sheet with merged cells.
struct HeadGroup {
    std::size_t first = 0, width = 1;
};

std::vector<HeadGroup> groupsAbove(const std::vector<std::string>& groups, const std::vector<std::string>& names) {
    std::vector<HeadGroup> found;
    for (std::size_t j = 0; j < names.size(); ++j) {
        const auto& own = headCellAt(groups, j);
        const bool beside = !found.empty() && found.back().first + found.back().width == j && !names[j].empty() && !names[found.back().first].empty();
        if (beside && (own.empty() || own == headCellAt(groups, found.back().first))) ++found.back().width;
        else if (!own.empty()) found.push_back({j, 1});
    }
    return found;
}

std::vector<std::string> filledGroups(const std::vector<std::string>& groups, const std::vector<std::string>& below) {
    std::vector<std::string> filled(below.size());
    std::string group;
    for (std::size_t j = 0; j < below.size(); ++j) {
        const auto& own = headCellAt(groups, j);
        if (!own.empty() || below[j].empty()) group = below[j].empty() ? std::string() : own;
        filled[j] = own.empty() ? group : own;
    }
    return filled;
}

void joinWords(std::string& name, const std::string& more) {
    if (more.empty() || name == more) return;
    name += (name.empty() ? "" : " ") + more;
}

void joinUnit(std::string& name, std::string_view cell) {
    const std::string unit(withoutBrackets(cell));
    if (name.empty() || unit.empty() || isDash(cell)) return;
    if (name.ends_with("(" + unit + ")") || name.ends_with("[" + unit + "]")) return;
    name += " (" + unit + ")";
}

}  // namespace

bool isUnit(std::string_view text) {
    if (text.empty() || text.size() > 24) return false;
    if (listsUnit(otherUnits, text)) return true;
    bool any = false;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of("/*. "), text.size());
        const auto dot = std::min(text.find("·"), text.size());
        const std::size_t size = std::min(end, dot);
        if (size == 0 && !any) return false;
        if (size > 0 && !isUnitFactor(text.substr(0, size))) return false;
        any = any || (size > 0 && text.substr(0, size).find_first_not_of("0123456789") != std::string_view::npos);
        text.remove_prefix(std::min(size + (dot < end ? std::string_view("·").size() : 1), text.size()));
        if (!any && text.empty()) return false;
    }
    return any;
}

bool isUnitsRow(HeadRows rows, const MissingWords& missing) {
    constexpr std::size_t fewRows = 3, shortWord = 12;
    if (rows.size() < 2) return false;
    const auto& cells = rows[0];
    const auto below = rows.subspan(1);
    std::size_t units = 0, words = 0, numberColumns = 0;
    for (std::size_t j = 0; j < cells.size(); ++j) {
        const auto& cell = cells[j];
        const auto column = columnBelow(below, j, missing);
        numberColumns += column == Below::Numbers;
        if (cell.empty() || isDash(cell) || column == Below::Nothing) continue;
        if (isNumberText(cell)) return false;
        if (column == Below::Others && !isBracketed(cell) && !isTimeForm(cell)) return false;
        if (column == Below::Others) continue;
        if (isBracketed(cell) || isUnit(cell)) ++units;
        else if (cell.size() <= shortWord && cell.find_first_of("0123456789") == std::string::npos && !missing.contains(cell)) ++words;
        else return false;
    }
    return units >= 1 && units >= words && (units + words) * 2 >= numberColumns && (words == 0 || below.size() >= fewRows);
}

bool isGroupRow(HeadRows rows, const MissingWords& missing) {
    if (rows.size() < 3 || rows[1].size() < 3 || rows[0].size() > rows[1].size()) return false;
    const auto& groups = rows[0];
    const auto& names = rows[1];
    // A title or a note above the names has one wide cell at most, or cells of its own for single columns.
    const auto found = groupsAbove(groups, names);
    if (std::count_if(found.begin(), found.end(), [](const HeadGroup& group) { return group.width > 1; }) < 2) return false;
    const auto below = rows.subspan(rows.size() > 3 && isUnitsRow(rows.subspan(2), missing) ? 3 : 2);
    for (const HeadGroup& group : found)
        if (group.width == 1 && !names[group.first].empty() && columnBelow(below, group.first, missing) == Below::Numbers) return false;
    std::size_t numberColumns = 0, nameless = 0;
    for (std::size_t j = 0; j < names.size(); ++j) {
        const auto& group = headCellAt(groups, j);
        const bool number = columnBelow(below, j, missing) == Below::Numbers;
        numberColumns += number;
        nameless += names[j].empty() && group.empty();
        if (!couldBeGroup(group) || (!names[j].empty() && (isNumberText(names[j]) || missing.contains(names[j])))) return false;
        if (number && names[j].empty() && group.empty()) return false;
    }
    const auto empty = static_cast<std::size_t>(std::count(groups.begin(), groups.end(), std::string())) + names.size() - groups.size();
    // A head with a name left out above its units.
    if (empty <= 1 && isUnitsRow(rows.subspan(1), missing)) return false;
    const auto joined = headNames(rows.first(2), {2, true, false});
    const std::set<std::string> distinct(joined.begin(), joined.end());
    return numberColumns >= 2 && nameless <= 1 && distinct.size() == joined.size();
}

TableHead findTableHead(HeadRows rows, const MissingWords& missing) {
    TableHead head;
    if (isGroupRow(rows, missing)) head = {2, true, false};
    if (rows.size() > head.rows && isUnitsRow(rows.subspan(head.rows), missing)) {
        ++head.rows;
        head.units = true;
    }
    return head;
}

TableHead tableHeadOf(HeadRows head) {
    TableHead form{head.size(), head.size() > 1, false};
    if (head.size() < 2) return form;
    std::size_t units = 0, words = 0;
    bool brackets = false;
    for (const auto& cell : head.back()) {
        if (cell.empty() || isDash(cell)) continue;
        brackets = brackets || isBracketed(cell);
        if (isBracketed(cell) || isUnit(cell) || isTimeForm(cell)) ++units;
        else ++words;
    }
    form.units = units > 0 && (words == 0 || (brackets && units >= words));
    form.groups = head.size() > (form.units ? 2u : 1u);
    return form;
}

std::vector<std::string> headNames(HeadRows head, const TableHead& form) {
    std::size_t columns = 0;
    for (const auto& row : head) columns = std::max(columns, row.size());
    std::vector<std::string> names(columns);
    const std::size_t nameRows = head.size() - (form.units ? 1 : 0);
    for (std::size_t i = 0; i < nameRows; ++i) {
        auto row = head[i];
        row.resize(columns);
        if (i + 1 < nameRows) {
            auto below = head[i + 1];
            below.resize(columns);
            row = filledGroups(row, below);
        }
        for (std::size_t j = 0; j < columns; ++j) joinWords(names[j], row[j]);
    }
    for (std::size_t j = 0; form.units && j < columns; ++j) joinUnit(names[j], headCellAt(head.back(), j));
    return names;
}

std::vector<RenamedColumn> makeNamesDistinct(std::vector<std::string>& names) {
    std::set<std::string> taken(names.begin(), names.end());
    std::set<std::string> seen;
    std::map<std::string, std::size_t> numbers, places;
    std::vector<RenamedColumn> renamed;
    for (auto& name : names) {
        if (name.empty() || seen.insert(name).second) continue;
        auto& number = numbers.emplace(name, 1).first->second;
        std::string free;
        do free = name + "_" + std::to_string(++number);
        while (!taken.insert(free).second);
        const auto [place, first] = places.emplace(name, renamed.size());
        if (first) renamed.push_back({name, free, 0});
        ++renamed[place->second].count;
        seen.insert(free);
        name = std::move(free);
    }
    return renamed;
}

std::vector<Issue> renamedIssues(const std::vector<RenamedColumn>& renamed) {
    std::vector<Issue> issues;
    for (const auto& one : renamed) issues.push_back({Severity::Note, fail("import.column_renamed", {{"column", one.column}, {"name", one.name}}), one.count});
    return issues;
}

std::vector<Issue> headIssues(HeadRows head, const TableHead& form, std::int64_t row) {
    std::vector<Issue> issues;
    const auto names = headNames(head, form);
    // The first name that such a row has a part in.
    const auto example = [&](const std::vector<std::string>& cells) {
        for (std::size_t j = 0; j < names.size(); ++j)
            if (!headCellAt(cells, j).empty() && !isDash(cells[j]) && names[j] != cells[j]) return names[j];
        return std::string();
    };
    if (form.groups) issues.push_back({Severity::Note, fail("import.head_rows", {{"count", std::to_string(form.rows)}, {"name", example(head.front())}}), 1});
    if (form.units) issues.push_back({Severity::Note, fail("import.units_row", {{"row", std::to_string(row)}, {"name", example(head.back())}}), 1});
    return issues;
}

}  // namespace lamina
