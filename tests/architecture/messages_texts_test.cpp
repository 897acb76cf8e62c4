// The texts against the sources: a code without a text, a placeholder that a call does not fill and a text that nobody asks for are mistakes.
// (The texts by themselves, and those of kinds: tests/app/messages.)
#include <gtest/gtest.h>

#include <cctype>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/architecture/source_tree.h"

namespace lamina {
namespace {

std::vector<SourceText> sources() {
    auto all = sourcesOf("core");
    for (const char* folder : {"app", "widgets"})
        for (auto& file : sourcesOf(folder)) all.push_back(std::move(file));
    return all;
}

std::map<std::string, nlohmann::json> textsByCode() {
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

/// A call in the sources that gives a code its arguments: fail("…", {{"…", …}}) and editName(…).
struct Call {
    std::string file, code;
    std::set<std::string> arguments;
};

/// The text of a call from its opening bracket to the closing one.
std::string callText(const std::string& text, std::size_t open) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = open; i < text.size(); ++i) {
        if (text[i] == '"' && text[i - 1] != '\\') quoted = !quoted;
        if (quoted) continue;
        if (text[i] == '(') ++depth;
        if (text[i] == ')' && --depth == 0) return text.substr(open, i - open + 1);
    }
    return {};
}

/// Where `name(` stands as a word of its own: the places of the brackets. (A search for a plain text takes a tenth of an expression's time.)
std::vector<std::size_t> openings(const std::string& text, const std::string& name) {
    std::vector<std::size_t> all;
    for (auto at = text.find(name + "("); at != std::string::npos; at = text.find(name + "(", at + 1)) {
        const char before = at == 0 ? ' ' : text[at - 1];
        if (std::isalnum(static_cast<unsigned char>(before)) == 0 && before != '_') all.push_back(at + name.size());
    }
    return all;
}

std::vector<Call> calls() {
    static const std::regex code("\\(\\s*\"([^\"]+)\""), argument("\\{\\s*\"([A-Za-z_]+)\"\\s*,");
    std::vector<Call> all;
    std::smatch match;
    for (const auto& file : sources())
        for (const char* name : {"fail", "editName"})
            for (const auto open : openings(file.text, name)) {
                const auto line = file.text.rfind('\n', open) + 1;
                if (file.text.compare(file.text.find_first_not_of(' ', line), 2, "//") == 0) continue;  // an example in a header
                const std::string call = callText(file.text, open);
                if (std::regex_search(call, match, code, std::regex_constants::match_continuous)) all.push_back({file.path, match[1], found(call, argument)});
            }
    return all;
}

/// Arguments that callers further up add: error.with("file", …).
std::set<std::string> addedArguments() {
    static const std::regex form("\\(\"([A-Za-z_]+)\"");
    std::set<std::string> all;
    std::smatch match;
    for (const auto& file : sources())
        for (const auto open : openings(file.text, "with"))
            if (std::regex_search(file.text.begin() + static_cast<std::ptrdiff_t>(open), file.text.end(), match, form, std::regex_constants::match_continuous)) all.insert(match[1]);
    return all;
}

std::set<std::string> placesIn(const std::string& text) {
    static const std::regex form("\\{([^{}]*)\\}");
    return found(text, form);
}

/// "size_bytes" is the argument "size", written as a readable size; "reason_text" the text whose id is the argument "reason".
bool isGiven(const std::string& placeholder, const std::set<std::string>& given) {
    if (given.count(placeholder)) return true;
    for (const std::string suffix : {"_bytes", "_text"})
        if (placeholder.ends_with(suffix) && given.count(placeholder.substr(0, placeholder.size() - suffix.size()))) return true;
    return false;
}

TEST(Messages, EveryCodeHasAText) {
    const auto all = textsByCode();
    const auto asked = calls();
    ASSERT_GT(asked.size(), 100u);
    for (const auto& call : asked) EXPECT_TRUE(all.count(call.code)) << call.code << " (" << call.file << ") has no text in app/messages/texts";
}

TEST(Messages, EveryCallGivesThePlaceholdersOfItsText) {
    const auto all = textsByCode();
    const auto added = addedArguments();
    for (const auto& call : calls()) {
        const auto text = all.find(call.code);
        if (text == all.end()) continue;
        auto given = call.arguments;
        given.insert(added.begin(), added.end());
        for (const auto& placeholder : placesIn(text->second.value("en", "")))
            EXPECT_TRUE(isGiven(placeholder, given)) << call.file << " gives " << call.code << " no argument {" << placeholder << "}";
    }
}

/// What app/cli declares as option, flag or argument: command → names. Options of several commands stand in training_options.cpp.
std::map<std::string, std::set<std::string>> declaredOptions() {
    static const std::regex form("\\b(?:option|flag|argument)\\(\"([a-z-]+)\"");
    std::map<std::string, std::set<std::string>> all;
    for (const auto& file : sourcesOf("app/cli")) {
        std::string command = std::filesystem::path(file.path).stem().string();
        std::replace(command.begin(), command.end(), '_', '-');
        all[command].merge(found(file.text, form));
    }
    return all;
}

/// "cli.train.help", "cli.resume.epochs" (of a command), "cli.option.epochs" (of several): made from names that app/cli declares.
bool isOfTheCommandLine(const std::string& id) {
    static const auto declared = declaredOptions();
    static const auto commands = found(fileText(sourceRoot() / "app/cli/commands.cmake"), std::regex("\\n  ([a-z_]+)"));
    static const std::regex form("cli\\.([a-z-]+)\\.([a-z-]+)");
    std::smatch part;
    if (!std::regex_match(id, part, form)) return false;
    const std::string name = part[1], option = part[2];
    if (name == "option") return std::any_of(declared.begin(), declared.end(), [&](const auto& of) { return of.second.count(option); });
    std::string file = name;
    std::replace(file.begin(), file.end(), '-', '_');
    if (!commands.count(file)) return false;
    const auto declares = [&](const auto& of) { return (of.first == name || of.first.starts_with(name + "-")) && of.second.count(option); };  // a command of several files
    return option == "help" || std::any_of(declared.begin(), declared.end(), declares) || declared.at("training-options").count(option);
}

/// The literals of the sources and the names of the templates.
std::set<std::string> words() {
    auto all = literals();
    for (const auto& entry : std::filesystem::directory_iterator(sourceRoot() / "resources/templates")) all.insert(entry.path().stem().string());
    return all;
}

/// Made from a literal that ends in a dot and words that are there too: "run.status." + "running", "template." + id + ".title".
bool isMade(const std::string& id, const std::set<std::string>& words) {
    for (auto dot = id.find('.'); dot != std::string::npos; dot = id.find('.', dot + 1)) {
        const std::string prefix = id.substr(0, dot + 1), rest = id.substr(dot + 1);
        if (prefix == "cli." || !words.count(prefix)) continue;
        const auto end = rest.find('.');
        if (words.count(rest) || (end != std::string::npos && words.count(rest.substr(0, end)) && words.count(rest.substr(end)))) return true;
    }
    return false;
}

/// Those of kinds are counted in tests/app/messages/kind_texts_test.cpp.
bool isKindCode(const std::string& id) {
    static const std::regex form("(layer|loss|optimizer|schedule|metric|task|importer|augmentation|cleaning|annotation|proposer)\\..*\\..*");
    return std::regex_match(id, form);
}

TEST(Messages, EveryTextIsAskedForByName) {
    const auto used = words();
    for (const auto& [id, text] : textsByCode())
        EXPECT_TRUE(used.count(id) || isMade(id, used) || isOfTheCommandLine(id) || isKindCode(id)) << "nothing in core, app or widgets asks for the text " << id;
}

}  // namespace
}  // namespace lamina
