// Who may include whom. The table is the whole rule; the test reads every #include line of core, widgets and app.
#include <gtest/gtest.h>

#include <map>

#include "tests/architecture/source_tree.h"

namespace lamina {
namespace {

struct Part {
    std::string path;               ///< a folder, or a file without its ending
    std::vector<std::string> below;  ///< what it may include, and everything that this may include
};

/// From the bottom to the top: a line names only lines above it, so that no circle can be written down.
const std::vector<Part> parts{
    {"core/base", {}},
    {"core/tensor", {"core/base"}},
    {"core/network", {"core/base"}},
    {"core/store", {"core/base"}},
    {"core/onnx/node", {"core/tensor"}},
    {"core/data", {"core/tensor"}},
    {"core/data/expression", {"core/data"}},
    {"core/data/cleaning", {"core/data/expression"}},
    {"core/data/profile", {"core/data"}},
    {"core/annotation", {"core/data"}},
    {"core/learning", {"core/tensor"}},
    {"core/engine", {"core/tensor"}},
    {"core/operators", {"core/engine", "core/onnx/node"}},
    {"core/engine/reference", {"core/engine"}},
    {"core/engine/cpu", {"core/engine"}},
    {"core/engine/cuda", {"core/engine"}},
    {"core/layers", {"core/operators"}},
    {"core/losses", {"core/engine"}},
    {"core/optimizers", {"core/engine"}},
    {"core/schedules", {"core/base"}},
    {"core/metrics", {"core/tensor"}},
    {"core/tasks", {"core/losses", "core/metrics"}},
    {"core/compiler", {"core/network", "core/layers", "core/losses", "core/optimizers"}},
    {"core/onnx", {"core/compiler", "core/data", "core/engine/reference", "core/operators"}},
    {"core/training", {"core/compiler", "core/data", "core/schedules", "core/tasks"}},
    {"core/evaluation", {"core/training"}},
    {"core/project", {"core/store", "core/data/cleaning", "core/data/profile", "core/annotation", "core/evaluation", "core/onnx", "core/engine/cpu"}},
    {"app/messages", {"core/base"}},
    {"app/jobs", {"core/project", "core/learning", "core/engine/cuda", "app/messages"}},
    {"app/cli", {"app/jobs"}},
    {"widgets/common", {"core/base"}},
    {"widgets/charts", {"widgets/common"}},
    {"widgets/graph", {"widgets/common", "core/network"}},
    {"widgets/properties", {"widgets/common"}},
    {"widgets/gallery", {"widgets/common"}},
    {"widgets/tables", {"widgets/gallery"}},
    {"widgets/canvas", {"widgets/common", "core/annotation"}},
    {"widgets/spans", {"widgets/common", "core/annotation"}},
    {"widgets/ranges", {"widgets/charts", "core/annotation"}},
    {"app/settings", {"widgets/common"}},
    {"app/workspace", {"app/jobs", "app/settings"}},
    {"app/sources", {"core/data/profile", "widgets/tables", "widgets/gallery"}},
    {"app/pages/common", {"app/workspace"}},
    {"app/pages/data", {"app/pages/common", "app/sources", "widgets/charts", "widgets/properties"}},
    {"app/pages/clean", {"app/pages/common", "app/sources", "widgets/charts", "widgets/properties"}},
    {"app/pages/label", {"app/pages/common", "app/sources", "widgets/canvas", "widgets/gallery", "widgets/spans", "widgets/ranges"}},
    {"app/pages/model", {"app/pages/common", "widgets/graph", "widgets/properties"}},
    {"app/pages/curves", {"app/pages/common", "widgets/charts"}},
    {"app/pages/train", {"app/pages/curves", "widgets/properties", "widgets/gallery"}},
    {"app/pages/review", {"app/pages/curves", "app/sources"}},
    {"app/pages/use", {"app/pages/common", "widgets/gallery", "widgets/tables"}},
    {"app/studio", {"app/pages/data", "app/pages/clean", "app/pages/label", "app/pages/model", "app/pages/train", "app/pages/review", "app/pages/use"}},
    {"app/bench", {"app/studio"}},
};

bool contains(const std::string& path, const std::string& file) {
    return file.size() > path.size() && file.compare(0, path.size(), path) == 0 && (file[path.size()] == '/' || file[path.size()] == '.');
}

/// The line that a file belongs to: the longest path that contains it.
const Part* partOf(const std::string& file) {
    const Part* best = nullptr;
    for (const Part& part : parts)
        if (contains(part.path, file) && (!best || part.path.size() > best->path.size())) best = &part;
    return best;
}

/// Part → all it may include, itself and what lies below included.
std::map<std::string, std::set<std::string>> reachable() {
    std::map<std::string, std::set<std::string>> reach;
    for (const Part& part : parts) {
        auto& all = reach[part.path];
        all.insert(part.path);
        for (const auto& below : part.below) all.insert(reach.at(below).begin(), reach.at(below).end());
    }
    return reach;
}

struct Include {
    std::string file;
    int line = 0;
    std::string target;  ///< with its quotes or brackets
};

std::vector<Include> includesOf(const SourceText& file) {
    static const std::regex form(R"(^\s*#\s*include\s*(["<][^">]+[">]).*)");
    std::vector<Include> includes;
    std::istringstream lines(file.text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number)
        if (std::smatch match; std::regex_match(line, match, form)) includes.push_back({file.path, number, match[1]});
    return includes;
}

std::vector<Include> allIncludes() {
    std::vector<Include> all;
    for (const char* folder : {"core", "widgets", "app"})
        for (const auto& file : sourcesOf(folder))
            for (auto& include : includesOf(file)) all.push_back(std::move(include));
    return all;
}

std::string place(const Include& include) { return include.file + ":" + std::to_string(include.line) + " includes " + include.target; }

TEST(Arrows, ALineNamesOnlyLinesAboveIt) {
    std::set<std::string> above;
    for (const Part& part : parts) {
        for (const auto& below : part.below) EXPECT_TRUE(above.count(below)) << part.path << " → " << below;
        above.insert(part.path);
    }
}

TEST(Arrows, EveryFolderHasALine) {
    for (const char* folder : {"core", "widgets", "app"})
        for (const auto& file : sourcesOf(folder)) EXPECT_TRUE(partOf(file.path)) << file.path << " belongs to no line of the table in " << __FILE__;
}

TEST(Arrows, NoIncludePointsUpwards) {
    const auto reach = reachable();
    for (const Include& include : allIncludes()) {
        const Part* from = partOf(include.file);
        const Part* to = partOf(include.target.substr(1, include.target.size() - 2));
        if (!from || !to) continue;
        EXPECT_TRUE(reach.at(from->path).count(to->path)) << place(include) << ": the arrow " << from->path << " → " << to->path << " is not in the table";
    }
}

TEST(Arrows, OwnHeadersAreNamedFromTheRoot) {
    for (const Include& include : allIncludes()) {
        if (include.target.front() != '"') continue;
        const std::string path = include.target.substr(1, include.target.size() - 2);
        EXPECT_TRUE(std::filesystem::exists(sourceRoot() / path)) << place(include) << ", which is no path from the root";
    }
}

TEST(Arrows, NoHeaderOfCoreShowsQt) {
    static const std::regex qt("<Q[A-Z].*|<Qt.*");
    for (const Include& include : allIncludes()) {
        const bool publicHeader = include.file.starts_with("core/") && include.file.ends_with(".h");
        EXPECT_FALSE(publicHeader && std::regex_match(include.target, qt)) << place(include);
    }
}

TEST(Arrows, NothingIncludesTests) {
    for (const Include& include : allIncludes()) EXPECT_FALSE(include.target.starts_with("\"tests/")) << place(include);
}

}  // namespace
}  // namespace lamina
