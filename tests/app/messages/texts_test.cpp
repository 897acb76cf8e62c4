// The files of app/messages/texts by themselves. (Against the sources: tests/architecture; against the kinds: kind_texts_test.cpp.)
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

namespace {

const std::filesystem::path root = LAMINA_SOURCE_DIR;

std::string contents(const std::filesystem::path& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

struct TextFile {
    std::string name;
    nlohmann::json texts;
};

std::vector<TextFile> textFiles() {
    std::vector<TextFile> files;
    for (const auto& entry : std::filesystem::directory_iterator(root / "app/messages/texts"))
        if (entry.path().extension() == ".json") files.push_back({entry.path().filename().string(), nlohmann::json::parse(contents(entry.path()))});
    return files;
}

std::set<std::string> matches(const std::string& text, const std::regex& expression) {
    std::set<std::string> found;
    for (std::sregex_iterator i(text.begin(), text.end(), expression), end; i != end; ++i) found.insert((*i)[1]);
    return found;
}

std::set<std::string> placeholders(const std::string& text) { return matches(text, std::regex("\\{([^{}]*)\\}")); }

}  // namespace

TEST(Texts, EveryTextHasBothLanguages) {
    for (const TextFile& file : textFiles())
        for (const auto& [id, entry] : file.texts.items())
            for (const char* language : {"en", "zh"}) EXPECT_FALSE(entry.value(language, "").empty()) << file.name << ": " << id << " lacks " << language;
}

TEST(Texts, BothLanguagesUseTheSamePlaceholders) {
    for (const TextFile& file : textFiles())
        for (const auto& [id, entry] : file.texts.items())
            EXPECT_EQ(placeholders(entry.value("en", "")), placeholders(entry.value("zh", ""))) << file.name << ": " << id;
}

TEST(Texts, NoIdStandsInTwoFiles) {
    std::map<std::string, std::string> homes;
    for (const TextFile& file : textFiles())
        for (const auto& [id, entry] : file.texts.items()) {
            const auto [home, isNew] = homes.emplace(id, file.name);
            EXPECT_TRUE(isNew) << id << " is in " << home->second << " and in " << file.name;
        }
}
