#include "core/losses/class_weights.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace lamina {
namespace {

/// Every run of characters between commas, semicolons and blanks.
std::vector<std::string> wordsOf(const std::string& text) {
    constexpr const char* between = " ,;\t";
    std::vector<std::string> words;
    for (std::size_t at = text.find_first_not_of(between); at != std::string::npos;) {
        const std::size_t end = text.find_first_of(between, at);
        words.push_back(text.substr(at, end - at));
        at = end == std::string::npos ? end : text.find_first_not_of(between, end);
    }
    return words;
}

std::string shortest(double number) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, number).ptr};
}

}  // namespace

std::vector<double> ClassWeights::of(Graph& graph, const char* loss, std::int64_t classes) const {
    const auto words = wordsOf(weights);
    if (classWeights == "off" || (classWeights == "balanced" && words.empty())) return {};
    if (static_cast<std::int64_t>(words.size()) != classes) {
        graph.refuse(fail("loss.class_weights", {{"loss", loss}, {"found", std::to_string(words.size())}, {"needed", std::to_string(classes)}}));
        return {};
    }
    std::vector<double> numbers;
    for (const auto& word : words) {
        double number = -1;
        const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
        if (read.ec != std::errc() || read.ptr != word.data() + word.size() || !std::isfinite(number) || number < 0)
            graph.refuse(fail("loss.class_weight", {{"loss", loss}, {"weight", word}}));
        numbers.push_back(number);
    }
    return numbers;
}

void ClassWeights::fit(std::span<const std::int64_t> classCounts) {
    if (classWeights != "balanced" || !weights.empty()) return;
    double rows = 0;
    for (auto count : classCounts) rows += static_cast<double>(count);
    for (auto count : classCounts) {
        const double weight = rows / (static_cast<double>(classCounts.size()) * static_cast<double>(std::max<std::int64_t>(count, 1)));
        weights += (weights.empty() ? "" : ", ") + shortest(weight);
    }
}

}  // namespace lamina
