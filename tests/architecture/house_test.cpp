// What the documents and lists promise about the tree.
#include <gtest/gtest.h>

#include <map>

#include "tests/architecture/source_tree.h"

namespace lamina {
namespace {

/// The part of a Markdown text under a heading, up to the next heading of the same depth.
std::string section(const std::string& text, const std::string& heading) {
    const auto start = text.find("\n## " + heading);
    if (start == std::string::npos) return {};
    const auto end = text.find("\n## ", start + 1);
    return text.substr(start, end == std::string::npos ? end : end - start);
}

/// Two types of one name in two headers are one name for the linker: whichever function it finds first works on the other's members.
TEST(Types, EveryHeaderNamesItsOwn) {
    static const std::regex form(R"((?:^|\n)namespace ([a-z:]+) \{|(?:^|\n)(?:struct|class|enum class) (\w+)[^;\n]*\{)");
    std::map<std::string, std::string> places;
    for (const char* top : {"core", "app", "widgets"})
        for (const auto& file : sourcesOf(top)) {
            if (file.path.ends_with(".cpp")) continue;
            std::string space;
            for (auto match = std::sregex_iterator(file.text.begin(), file.text.end(), form); match != std::sregex_iterator(); ++match) {
                if ((*match)[1].matched) {
                    space = (*match)[1];
                    continue;
                }
                const auto [place, isNew] = places.emplace(space + "::" + (*match)[2].str(), file.path);
                EXPECT_TRUE(isNew || place->second == file.path) << (*match)[2] << " in " << file.path << " and in " << place->second;
            }
        }
    EXPECT_GT(places.size(), 300u);
}

TEST(Readme, EveryPathOfWhereIsExists) {
    const auto paths = found(section(fileText(sourceRoot() / "README.md"), "Where is"), std::regex("`([A-Za-z0-9_.-]+/[A-Za-z0-9_./-]*)`"));
    ASSERT_GT(paths.size(), 20u) << "the README's part \"Where is …?\" names too little";
    for (const auto& path : paths) EXPECT_TRUE(std::filesystem::exists(sourceRoot() / path)) << "README.md names " << path;
}

TEST(Readme, WhereIsNamesEveryFolderOfCoreAndApp) {
    const auto paths = found(section(fileText(sourceRoot() / "README.md"), "Where is"), std::regex("`([A-Za-z0-9_.-]+/[A-Za-z0-9_./-]*)`"));
    for (const char* top : {"core", "app"})
        for (const auto& entry : std::filesystem::directory_iterator(sourceRoot() / top)) {
            if (!entry.is_directory()) continue;
            const std::string folder = std::string(top) + "/" + entry.path().filename().string() + "/";
            EXPECT_TRUE(paths.count(folder)) << "README.md, \"Where is …?\" does not name `" << folder << "`";
        }
}

// A library that is in the table alone is missing on every machine but ours.
TEST(Readme, EveryPackageOfItsTableIsInstalledByTheScripts) {
    const std::string scripts = fileText(sourceRoot() / "tools/packages.sh");
    const auto packages = found(section(fileText(sourceRoot() / "README.md"), "Dependencies"), std::regex("`([a-z0-9.+-]+-dev)`"));
    ASSERT_GT(packages.size(), 10u);
    for (const auto& package : packages) EXPECT_NE(scripts.find(package), std::string::npos) << "tools/packages.sh does not install " << package;
}

TEST(Contributing, EveryPathItNamesExists) {
    const std::string text = fileText(sourceRoot() / "CONTRIBUTING.md");
    const auto paths = found(text, std::regex("`((?:core|app|tests|tools|cmake|resources)/[A-Za-z0-9_./-]+)`"));
    ASSERT_GT(paths.size(), 10u);
    for (const auto& path : paths) EXPECT_TRUE(std::filesystem::exists(sourceRoot() / path)) << "CONTRIBUTING.md names " << path;
}

/// A list of kinds in a .cmake file: the functions `const Type& name_kind()` of the files below its folder belong into it.
struct KindList {
    std::string file, kind, type;
    std::set<std::string> names;
};
std::vector<KindList> kindLists() {
    static const std::regex list("lamina_kinds\\((\\w+) TYPE (\\w+) [^\\n]*LIST([^)]*)\\)"), word("(\\w+)");
    std::vector<KindList> lists;
    for (const char* top : {"core", "app", "widgets"})
        for (const auto& entry : std::filesystem::recursive_directory_iterator(sourceRoot() / top)) {
            if (entry.path().extension() != ".cmake") continue;
            const std::string text = fileText(entry.path());
            const auto file = std::filesystem::relative(entry.path(), sourceRoot()).generic_string();
            if (std::smatch match; std::regex_search(text, match, list)) lists.push_back({file, match[1], match[2], found(match[3], word)});
        }
    return lists;
}

// A file that is in no list compiles, passes every test and is not there: the battery asks the listed kinds alone.
TEST(Kinds, EveryOneThatAFileDefinesIsInItsList) {
    const auto lists = kindLists();
    ASSERT_GT(lists.size(), 10u);
    for (const KindList& list : lists) {
        const std::regex definition("\nconst " + list.type + "& (\\w+)_" + list.kind + "\\(\\) \\{");
        std::size_t defined = 0;
        for (const auto& source : sourcesOf(std::filesystem::path(list.file).parent_path().generic_string()))
            for (const auto& name : found(source.text, definition)) {
                ++defined;
                EXPECT_TRUE(list.names.count(name)) << list.file << " lacks the line " << name << " for " << source.path;
            }
        EXPECT_EQ(defined, list.names.size()) << list.file << ": form of the functions differs from \"const " << list.type << "& name_" << list.kind << "() {\"";
    }
}

TEST(Kinds, EveryCommandThatAFileDefinesIsInItsList) {
    const auto names = found(fileText(sourceRoot() / "app/cli/commands.cmake"), std::regex("\n  (\\w+)"));
    ASSERT_GT(names.size(), 20u);
    for (const auto& source : sourcesOf("app/cli"))
        for (const auto& name : found(source.text, std::regex("\nvoid (\\w+)_command\\(Command&[^)]*\\) \\{")))
            EXPECT_TRUE(names.count(name)) << "app/cli/commands.cmake lacks the line " << name << " for " << source.path;
}

/// The folders that tests/CMakeLists.txt makes programs of; "${part}" stands for each word of the foreach around it.
std::set<std::string> testFolders() {
    static const std::regex loop("foreach\\((\\w+) ([^)]*)\\)"), call("lamina(?:_gui)?_tests\\(([a-z_/0-9]+)(?:\\$\\{\\w+\\})?");
    std::set<std::string> folders;
    std::istringstream lines(fileText(sourceRoot() / "tests/CMakeLists.txt"));
    std::string line, words;
    for (std::smatch match; std::getline(lines, line);) {
        if (std::regex_search(line, match, loop)) words = match[2];
        if (!std::regex_search(line, match, call)) continue;
        std::istringstream each(match[0].str().ends_with('}') ? words : "-");
        for (std::string word; each >> word;) folders.insert(match[1].str() + (word == "-" ? "" : word));
    }
    return folders;
}

TEST(Tests, EveryTestFileBelongsToAProgram) {
    const auto folders = testFolders();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(sourceRoot() / "tests")) {
        if (!entry.path().filename().string().ends_with("_test.cpp")) continue;
        const auto folder = std::filesystem::relative(entry.path().parent_path(), sourceRoot() / "tests").generic_string();
        EXPECT_TRUE(folders.count(folder)) << entry.path() << " is built by no lamina_tests(" << folder << " …) in tests/CMakeLists.txt";
    }
}

}  // namespace
}  // namespace lamina
