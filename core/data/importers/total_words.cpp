#include "core/data/importers/total_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace lamina {

bool isTotalWord(std::string_view text) {
    static constexpr std::array<std::string_view, 13> words{"total", "totals", "grand total", "sum", "summe", "gesamt", "somme", "suma", "合计", "总计", "小计", "合計", "總計"};
    while (!text.empty() && (text.back() == ' ' || text.back() == ':')) text.remove_suffix(1);
    std::string small(text);
    for (char& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return std::find(words.begin(), words.end(), small) != words.end();
}

}  // namespace lamina
