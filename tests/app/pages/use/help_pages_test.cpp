// The help pages of resources/help: the same in both languages, short, and every link leads to a page.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace lamina {
namespace {

const std::set<std::string> pages{"start", "data", "data_pictures", "clean", "label", "label_keys", "label_team", "label_texts", "model", "train", "review", "use"};

std::string helpText(const std::string& language, const std::string& page) {
    std::ifstream file(std::filesystem::path(LAMINA_SOURCE_DIR) / "resources/help" / language / (page + ".md"));
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::size_t count(const std::string& text, const std::string& expression) {
    const std::regex regex(expression);
    return static_cast<std::size_t>(std::distance(std::sregex_iterator(text.begin(), text.end(), regex), std::sregex_iterator()));
}

TEST(HelpPages, EveryStageHasOneInBothLanguages) {
    for (const std::string language : {"en", "zh"})
        for (const auto& page : pages) {
            const std::string text = helpText(language, page);
            EXPECT_EQ(text.rfind("# ", 0), 0u) << language << "/" << page << " begins with its title";
            EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 60) << language << "/" << page;
        }
}

TEST(HelpPages, EveryLinkLeadsToAPage) {
    const std::regex link("\\]\\(([^)]*)\\)");
    for (const std::string language : {"en", "zh"})
        for (const auto& page : pages) {
            const std::string text = helpText(language, page);
            for (std::sregex_iterator i(text.begin(), text.end(), link), end; i != end; ++i)
                EXPECT_TRUE(pages.count((*i)[1])) << language << "/" << page << " links to " << (*i)[1];
        }
}

TEST(HelpPages, BothLanguagesSayTheSame) {
    for (const auto& page : pages) {
        const std::string english = helpText("en", page), chinese = helpText("zh", page);
        EXPECT_EQ(count(english, "(^|\n)## "), count(chinese, "(^|\n)## ")) << page << ": parts";
        EXPECT_EQ(count(english, "\n\\|"), count(chinese, "\n\\|")) << page << ": lines of tables";
        EXPECT_EQ(count(english, "\n(\\*|[0-9]+\\.) "), count(chinese, "\n(\\*|[0-9]+\\.) ")) << page << ": points";
    }
}

}  // namespace
}  // namespace lamina
