#include "core/data/cleaning/units.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace lamina {
namespace {

struct UnitEntry {
    MeasureUnit unit;
    std::vector<std::string_view> exact;  ///< spellings in which small and capital letters differ
    std::vector<std::string_view> words;  ///< spellings in any case, in small letters
};

const std::vector<UnitEntry>& unitTable() {
    static const std::vector<UnitEntry> table{
        {{"%", "percent", 1}, {"%", "％"}, {"percent", "pct", "per cent"}},
        {{"‰", "percent", 0.1}, {"‰"}, {"per mille"}},
        {{"bp", "percent", 0.01}, {}, {"bp", "bps"}},

        {{"µg", "mass", 1e-6}, {"µg", "μg", "ug", "mcg"}, {"microgram", "micrograms"}},
        {{"mg", "mass", 1e-3}, {"mg"}, {"milligram", "milligrams"}},
        {{"g", "mass", 1}, {"g"}, {"gr", "gram", "grams", "gramme", "克"}},
        {{"kg", "mass", 1e3}, {"kg", "KG", "Kg"}, {"kgs", "kilo", "kilos", "kilogram", "kilograms", "千克", "公斤"}},
        {{"t", "mass", 1e6}, {"t"}, {"ton", "tons", "tonne", "tonnes", "吨"}},
        {{"oz", "mass", 28.349523125}, {}, {"oz", "ounce", "ounces"}},
        {{"lb", "mass", 453.59237}, {}, {"lb", "lbs", "pound", "pounds"}},
        {{"st", "mass", 6350.29318}, {}, {"st", "stone", "stones"}},
        {{"斤", "mass", 500}, {"斤"}, {}},

        {{"µm", "length", 1e-6}, {"µm", "μm", "um"}, {"micron", "microns", "micrometer", "micrometre"}},
        {{"mm", "length", 1e-3}, {"mm", "MM"}, {"millimeter", "millimeters", "millimetre", "millimetres", "毫米"}},
        {{"cm", "length", 1e-2}, {"cm", "CM"}, {"centimeter", "centimeters", "centimetre", "centimetres", "厘米"}},
        {{"m", "length", 1}, {"m"}, {"meter", "meters", "metre", "metres", "米"}},
        {{"km", "length", 1e3}, {"km", "KM", "Km"}, {"kilometer", "kilometers", "kilometre", "kilometres", "公里", "千米"}},
        {{"in", "length", 0.0254}, {"\"", "″", "”"}, {"in", "inch", "inches"}},
        {{"ft", "length", 0.3048}, {"'", "′", "’"}, {"ft", "foot", "feet"}},
        {{"yd", "length", 0.9144}, {}, {"yd", "yard", "yards"}},
        {{"mi", "length", 1609.344}, {}, {"mi", "mile", "miles"}},

        {{"m²", "area", 1}, {"m²", "m2", "sqm"}, {"sq m", "square meters", "square metres", "平方米"}},
        {{"ha", "area", 1e4}, {"ha"}, {"hectare", "hectares", "公顷"}},
        {{"km²", "area", 1e6}, {"km²", "km2"}, {"sq km"}},
        {{"ft²", "area", 0.09290304}, {"ft²", "ft2"}, {"sqft", "sq ft", "sq. ft.", "square feet"}},
        {{"ac", "area", 4046.8564224}, {}, {"ac", "acre", "acres"}},

        {{"ml", "volume", 1e-3}, {}, {"ml", "milliliter", "milliliters", "millilitre", "毫升"}},
        {{"cl", "volume", 1e-2}, {}, {"cl"}},
        {{"l", "volume", 1}, {}, {"l", "liter", "liters", "litre", "litres", "升"}},
        {{"m³", "volume", 1e3}, {"m³", "m3"}, {"cubic meters"}},
        {{"fl oz", "volume", 0.0295735295625}, {}, {"fl oz", "fl. oz."}},
        {{"gal", "volume", 3.785411784}, {}, {"gal", "gallon", "gallons"}},

        {{"ms", "time", 1e-3}, {"ms"}, {"millisecond", "milliseconds", "毫秒"}},
        {{"s", "time", 1}, {"s"}, {"sec", "secs", "second", "seconds", "秒"}},
        {{"min", "time", 60}, {}, {"min", "mins", "minute", "minutes", "分钟"}},
        {{"h", "time", 3600}, {"h"}, {"hr", "hrs", "hour", "hours", "小时"}},
        {{"d", "time", 86400}, {"d"}, {"day", "days", "天"}},

        {{"°C", "temperature", 1}, {"°C", "℃"}, {"celsius"}},
        {{"°F", "temperature", 5.0 / 9, -160.0 / 9}, {"°F", "℉"}, {"fahrenheit"}},
        {{"kelvin", "temperature", 1, -273.15}, {}, {"kelvin"}},

        {{"km/h", "speed", 1 / 3.6}, {}, {"km/h", "kmh", "kph"}},
        {{"mph", "speed", 0.44704}, {}, {"mph", "mi/h"}},
        {{"m/s", "speed", 1}, {"m/s"}, {}},

        {{"B", "data", 1}, {"B"}, {"byte", "bytes"}},
        {{"kB", "data", 1e3}, {"kB", "KB"}, {"kilobyte", "kilobytes"}},
        {{"MB", "data", 1e6}, {"MB"}, {"megabyte", "megabytes"}},
        {{"GB", "data", 1e9}, {"GB"}, {"gigabyte", "gigabytes"}},
        {{"KiB", "data", 1024}, {"KiB"}, {}},
        {{"MiB", "data", 1048576}, {"MiB"}, {}},
        {{"GiB", "data", 1073741824}, {"GiB"}, {}},

        {{"€", "EUR"}, {"€"}, {"eur", "euro", "euros", "欧元"}},
        {{"$", "USD"}, {"$", "US$"}, {"usd", "dollar", "dollars", "美元"}},
        {{"£", "GBP"}, {"£"}, {"gbp"}},
        {{"¥", "CNY"}, {"¥", "￥", "元"}, {"cny", "rmb", "yuan", "人民币"}},
        {{"JPY", "JPY"}, {}, {"jpy", "yen", "日元"}},
        {{"₹", "INR"}, {"₹", "Rs", "Rs."}, {"inr", "rupees"}},
        {{"CHF", "CHF"}, {}, {"chf"}},
        {{"₩", "KRW"}, {"₩"}, {"krw"}},
        {{"kr", "kr"}, {}, {"kr", "sek", "nok", "dkk"}},
        {{"zł", "PLN"}, {"zł"}, {"pln"}},
        {{"₽", "RUB"}, {"₽"}, {"rub"}},
    };
    return table;
}

using UnitSpellings = std::unordered_map<std::string_view, const MeasureUnit*>;

/// Spelling → unit, of one of the two lists.
UnitSpellings spellingsIn(std::vector<std::string_view> UnitEntry::*list) {
    UnitSpellings all;
    for (const auto& entry : unitTable())
        for (const auto spelling : entry.*list) all.emplace(spelling, &entry.unit);
    return all;
}

}  // namespace

const MeasureUnit* findUnit(std::string_view spelling) {
    static const UnitSpellings exact = spellingsIn(&UnitEntry::exact), words = spellingsIn(&UnitEntry::words);
    constexpr std::size_t longest = 24;
    if (spelling.empty() || spelling.size() > longest) return nullptr;
    // A column has few spellings, mostly one.
    thread_local std::string lastSpelling;
    thread_local const MeasureUnit* lastUnit = nullptr;
    if (spelling == lastSpelling) return lastUnit;
    const auto remember = [&](const MeasureUnit* unit) { return lastSpelling.assign(spelling), lastUnit = unit; };
    if (const auto found = exact.find(spelling); found != exact.end()) return remember(found->second);
    char small[longest];
    std::transform(spelling.begin(), spelling.end(), small, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto found = words.find(std::string_view(small, spelling.size()));
    return remember(found == words.end() ? nullptr : found->second);
}

double convertUnit(double value, const MeasureUnit& from, const MeasureUnit& to) {
    if (&from == &to) return value;
    return (value * from.factor + from.offset - to.offset) / to.factor;
}

}  // namespace lamina
