// The project's own files, as the architecture tests read them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace lamina {

struct SourceText {
    std::string path;  ///< from the root, with slashes
    std::string text;
};

inline const std::filesystem::path& sourceRoot() {
    static const std::filesystem::path root = LAMINA_SOURCE_DIR;
    return root;
}

inline std::string fileText(const std::filesystem::path& path) {
    std::stringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

/// All .h and .cpp files of a folder and its subfolders, sorted by path.
inline std::vector<SourceText> sourcesOf(const std::string& folder) {
    std::vector<SourceText> files;
    if (!std::filesystem::exists(sourceRoot() / folder)) return files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(sourceRoot() / folder)) {
        const auto extension = entry.path().extension();
        if (extension != ".h" && extension != ".cpp") continue;
        files.push_back({std::filesystem::relative(entry.path(), sourceRoot()).generic_string(), fileText(entry.path())});
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

/// What the first group of `expression` finds in `text`.
inline std::set<std::string> found(const std::string& text, const std::regex& expression) {
    std::set<std::string> all;
    for (std::sregex_iterator match(text.begin(), text.end(), expression), end; match != end; ++match) all.insert((*match)[1]);
    return all;
}

}  // namespace lamina
