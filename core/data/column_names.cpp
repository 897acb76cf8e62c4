#include "core/data/column_names.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace lamina {

namespace {

constexpr std::array<std::string_view, 58> quantityWords{
    "age",     "amount",  "area",    "average", "balance",   "budget",  "capacity", "capital", "consumption", "cost",     "count",  "debt",
    "density", "depth",   "distance", "duration", "earning",  "elevation", "energy", "expense", "fare",       "fee",      "gdp",    "gross",
    "height",  "income",  "length",  "loan",    "loss",      "mass",    "max",      "mean",    "median",      "mileage",  "min",    "net",
    "pay",     "population", "power", "premium", "pressure", "price",   "profit",   "rent",    "revenue",     "salary",   "sale",   "score",
    "size",    "spending", "sum",    "tax",     "temperature", "total", "turnover", "value",   "wage",        "weight"};

constexpr std::array<std::string_view, 24> quantityParts{"收入", "价格", "金额", "人口", "面积", "工资", "总额", "总数", "数量", "成本", "费用", "销售", "利润",
                                                         "余额", "重量", "距离", "长度", "高度", "里程", "产值", "产量", "薪", "租金", "房价"};

char nameLetterInLowerCase(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool isNameCapital(char c) { return c >= 'A' && c <= 'Z'; }
bool isNameLetter(char c) { return isNameCapital(c) || (c >= 'a' && c <= 'z'); }

std::string nameInLowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), nameLetterInLowerCase);
    return text;
}

bool isQuantityWord(std::string word) {
    if (std::find(quantityWords.begin(), quantityWords.end(), word) != quantityWords.end()) return true;
    if (word.ends_with("ies")) word.replace(word.size() - 3, 3, "y");
    else if (word.ends_with('s')) word.pop_back();
    return std::find(quantityWords.begin(), quantityWords.end(), word) != quantityWords.end();
}

}  // namespace

bool namesAnIdentifier(const std::string& name) {
    const std::string lower = nameInLowerCase(name);
    for (const char* whole : {"id", "index", "idx", "rowid", "rowno", "rownum", "row", "unnamed: 0"})
        if (lower == whole) return true;
    for (const char* end : {"_id", " id", "-id", ".id", "Id", "ID"})
        if (name.size() > 2 && (name.ends_with(end) || lower.ends_with(end))) return true;
    return false;
}

bool namesAQuantity(const std::string& name) {
    if (namesAnIdentifier(name)) return false;
    std::string word;
    for (std::size_t i = 0; i <= name.size(); ++i) {
        const char c = i < name.size() ? name[i] : ' ';
        const bool begins = isNameCapital(c) && i > 0 && !isNameCapital(name[i - 1]);
        if ((!isNameLetter(c) || begins) && !word.empty()) {
            if (isQuantityWord(word)) return true;
            word.clear();
        }
        if (isNameLetter(c)) word += nameLetterInLowerCase(c);
    }
    return std::any_of(quantityParts.begin(), quantityParts.end(), [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

}  // namespace lamina
