// Every text of the window has its Chinese: Qt's lupdate reads the sources again and must find nothing that is not translated.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/architecture/source_tree.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

/// "widgets_charts" ← widgets/charts, "pages_data" ← app/pages/data, "app_studio" ← app/studio.
std::string translationName(const std::filesystem::path& folder) {
    const std::string parent = folder.parent_path().filename().string();
    return parent + "_" + folder.filename().string();
}

bool hasTexts(const std::filesystem::path& folder) {
    static const std::regex call(R"x(\Wtr\(\s*")x");
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".cpp" && std::regex_search(fileText(entry.path()), call)) return true;
    return false;
}

std::vector<std::filesystem::path> windowFolders() {
    std::vector<std::filesystem::path> folders;
    const std::filesystem::path root = LAMINA_SOURCE_DIR;
    for (const char* parent : {"widgets", "app", "app/pages"})
        for (const auto& entry : std::filesystem::directory_iterator(root / parent))
            if (entry.is_directory() && hasTexts(entry.path())) folders.push_back(entry.path());
    return folders;
}

std::size_t countOf(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

TEST(Translations, EveryTextOfTheWindowIsTranslated) {
    const char* lupdate = "/usr/lib/qt6/bin/lupdate";
    if (!std::filesystem::exists(lupdate)) GTEST_SKIP() << "lupdate (qt6-l10n-tools) is not installed";
    TemporaryFolder work;
    for (const std::filesystem::path& folder : windowFolders()) {
        const std::filesystem::path kept = sourceRoot() / "resources/translations" / (translationName(folder) + "_zh_CN.ts");
        if (!std::filesystem::exists(kept)) {
            ADD_FAILURE() << folder << " has texts but no " << kept;
            continue;
        }
        const std::filesystem::path fresh = work / kept.filename().string();
        std::filesystem::copy_file(kept, fresh);
        const std::string command = std::string("cd ") + LAMINA_SOURCE_DIR + " && " + lupdate + " " + folder.string() + " -I . -ts " + fresh.string() +
                                    " -locations none -no-obsolete -silent -disable-heuristic sametext >/dev/null 2>&1";
        ASSERT_EQ(std::system(command.c_str()), 0) << command;
        const std::string text = fileText(fresh);
        const auto first = text.find("type=\"unfinished\"");
        EXPECT_EQ(first, std::string::npos) << kept.filename() << ": " << countOf(text, "type=\"unfinished\"") << " texts are not translated, the first is\n"
                                            << text.substr(text.rfind("<source>", first), 300);
    }
}

}  // namespace
}  // namespace lamina
