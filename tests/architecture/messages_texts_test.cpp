// The texts against the sources: a placeholder that nobody fills and a text that nobody asks for are mistakes.
// (That every code has its text in both languages is tests/app/messages.)
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "tests/architecture/source_tree.h"

namespace lamina {
namespace {

std::vector<SourceFile> sources() {
    auto all = sourcesOf("core");
    for (auto& file : sourcesOf("app")) all.push_back(std::move(file));
    return all;
}

std::map<std::string, nlohmann::json> texts() {
    std::map<std::string, nlohmann::json> all;
    for (const auto& entry : std::filesystem::directory_iterator(sourceRoot() / "app/messages/texts")) {
        if (entry.path().extension() != ".json") continue;
        const auto area = nlohmann::json::parse(fileText(entry.path()));
        for (const auto& [id, text] : area.items()) all[id] = text;
    }
    return all;
}

/// Every string literal of the sources (those with an escape in them left out).
std::set<std::string> literals() {
    static const std::regex form("\"([^\"\\\\\\n]*)\"");
    std::set<std::string> all;
    for (const auto& file : sources()) all.merge(found(file.text, form));
    return all;
}

std::set<std::string> failCodes() {
    static const std::regex form("fail\\(\\s*\"([^\"]+)\"");
    std::set<std::string> codes;
    for (const auto& file : sources()) codes.merge(found(file.text, form));
    return codes;
}

std::set<std::string> placeholders(const std::string& text) { return found(text, std::regex("\\{([^{}]*)\\}")); }

/// "size_bytes" is the argument "size", written as a readable size.
bool isGiven(const std::string& placeholder, const std::set<std::string>& given) {
    static const std::string suffix = "_bytes";
    if (given.count(placeholder)) return true;
    return placeholder.size() > suffix.size() && placeholder.ends_with(suffix) && given.count(placeholder.substr(0, placeholder.size() - suffix.size()));
}

TEST(Messages, EveryCodeHasATextInBothLanguages) {
    const auto all = texts();
    for (const auto& code : failCodes()) {
        const auto text = all.find(code);
        ASSERT_TRUE(text != all.end()) << code << " has no text in app/messages/texts";
        EXPECT_FALSE(text->second.value("en", "").empty()) << code;
        EXPECT_FALSE(text->second.value("zh", "").empty()) << code;
    }
}

TEST(Messages, EveryPlaceholderOfAnErrorIsAnArgumentOfTheSources) {
    const auto given = literals();
    const auto codes = failCodes();
    for (const auto& [id, text] : texts()) {
        if (!codes.count(id)) continue;
        for (const auto& placeholder : placeholders(text.value("en", "")))
            EXPECT_TRUE(isGiven(placeholder, given)) << "no argument {" << placeholder << "} is given anywhere; the text of " << id << " asks for it";
    }
}

TEST(Messages, BothLanguagesHaveTheSamePlaceholders) {
    for (const auto& [id, text] : texts()) EXPECT_EQ(placeholders(text.value("en", "")), placeholders(text.value("zh", ""))) << id;
}

/// "layer.relu", "metric.f1" …: every kind of the generated catalogues that people read about.
std::set<std::string> kinds() {
    static const std::regex form("& ([a-z0-9_]+_(?:layer|loss|optimizer|schedule|metric|task|importer))\\(\\);");
    std::set<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(LAMINA_BINARY_DIR) / "generated"))
        for (const auto& function : found(fileText(entry.path()), form)) {
            const auto split = function.rfind('_');
            all.insert(function.substr(split + 1) + "." + function.substr(0, split));
        }
    return all;
}

/// "metric.f1.title" → "metric.f1"
std::string kindOf(const std::string& id) { return id.substr(0, id.find('.', id.find('.') + 1)); }

TEST(Messages, EveryKindHasATitleAndASummary) {
    const auto all = texts();
    ASSERT_GT(kinds().size(), 10u);
    for (const auto& kind : kinds())
        for (const char* part : {".title", ".summary"}) EXPECT_TRUE(all.count(kind + part)) << kind + part << " has no text in app/messages/texts";
}

/// An id is asked for as a literal, made from a literal that ends in a dot ("cli.option." + name), or describes a kind.
TEST(Messages, NoTextIsOrphaned) {
    const auto used = literals();
    std::set<std::string> prefixes;
    for (const auto& literal : used)
        if (literal.size() > 1 && literal.back() == '.') prefixes.insert(literal);
    const auto made = [&](const std::string& id) {
        return std::any_of(prefixes.begin(), prefixes.end(), [&](const auto& prefix) { return id.starts_with(prefix); });
    };
    const auto described = kinds();
    for (const auto& [id, text] : texts()) EXPECT_TRUE(used.count(id) || made(id) || described.count(kindOf(id))) << "nothing in core or app asks for the text " << id;
}

}  // namespace
}  // namespace lamina
