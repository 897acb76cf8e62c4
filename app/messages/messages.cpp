#include "app/messages/messages.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "app/messages/embedded_texts.h"

namespace lamina {
namespace {

struct Text {
    std::string english, chinese;
    const std::string& in(Language language) const { return language == Language::Chinese && !chinese.empty() ? chinese : english; }
};
using TextTable = std::map<std::string, Text, std::less<>>;

TextTable readTexts() {
    TextTable table;
    for (const EmbeddedText& file : embeddedTexts()) {
        const auto texts = nlohmann::json::parse(file.json);
        for (const auto& [id, entry] : texts.items()) table[id] = {entry.value("en", ""), entry.value("zh", "")};
    }
    return table;
}

const Text* findText(std::string_view id) {
    static const TextTable table = readTexts();
    const auto found = table.find(id);
    return found == table.end() ? nullptr : &found->second;
}

const std::string* findArgument(const TextArguments& arguments, std::string_view name) {
    for (const auto& [key, value] : arguments)
        if (key == name) return &value;
    return nullptr;
}

std::string readableIfNumber(const std::string& value) {
    std::uint64_t bytes = 0;
    const auto end = value.data() + value.size();
    return std::from_chars(value.data(), end, bytes).ptr == end && !value.empty() ? readableBytes(bytes) : value;
}

/// The text whose id is the argument `name`, with the other arguments.
std::string innerText(std::string_view name, Language language, TextArguments arguments) {
    const auto* id = findArgument(arguments, name);
    if (!id) return {};
    const std::string inner = *id;
    std::erase_if(arguments, [&](const auto& argument) { return argument.first == name; });  // it cannot contain itself
    return text(inner, language, arguments);
}

std::string fillPlaceholder(std::string_view name, Language language, const TextArguments& arguments) {
    constexpr std::string_view bytes = "_bytes", inner = "_text";
    if (name.ends_with(inner)) return innerText(name.substr(0, name.size() - inner.size()), language, arguments);
    if (!name.ends_with(bytes)) {
        const auto* value = findArgument(arguments, name);
        return value ? *value : std::string();
    }
    const auto* value = findArgument(arguments, name);
    if (!value) value = findArgument(arguments, name.substr(0, name.size() - bytes.size()));
    return value ? readableIfNumber(*value) : std::string();
}

std::string fill(std::string_view pattern, Language language, const TextArguments& arguments) {
    std::string result;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        result += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = pattern.find('}', open);
        if (close == std::string_view::npos) return result += pattern.substr(open);
        result += fillPlaceholder(pattern.substr(open + 1, close - open - 1), language, arguments);
        pattern.remove_prefix(close + 1);
    }
    return result;
}

}  // namespace

Language languageFromEnvironment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(name); value && *value) return std::string_view(value).starts_with("zh") ? Language::Chinese : Language::English;
    return Language::English;
}

const char* languageCode(Language language) { return language == Language::Chinese ? "zh" : "en"; }

std::string message(const Error& error, Language language) {
    const Text* found = findText(error.code);
    if (!found) return error.debugText();
    std::string words = fill(found->in(language), language, error.arguments);
    // What is wrong with a setting does not say whose setting it is.
    const std::string* layer = error.code.starts_with("property.") ? findArgument(error.arguments, "layer") : nullptr;
    return layer ? text("property.of_layer", language, {{"layer", *layer}, {"problem", words}}) : words;
}

std::string text(std::string_view id, Language language, const TextArguments& arguments) {
    const Text* found = findText(id);
    return found ? fill(found->in(language), language, arguments) : std::string(id);
}

std::string textOr(std::string_view id, Language language, const std::string& otherwise) {
    const Text* found = findText(id);
    return found ? found->in(language) : otherwise;
}

bool hasText(std::string_view id) { return findText(id) != nullptr; }

std::vector<std::string> textIds() {
    std::vector<std::string> ids;
    for (const auto& [id, entry] : readTexts()) ids.push_back(id);
    return ids;
}

std::string readableBytes(std::uint64_t bytes) {
    static constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double size = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (size >= 1024 && unit + 1 < units.size()) {
        size /= 1024;
        ++unit;
    }
    char line[32];
    std::snprintf(line, sizeof line, unit == 0 || size >= 100 ? "%.0f %s" : "%.1f %s", size, units[unit]);
    return line;
}

}  // namespace lamina
