#include "core/data/importers/idx_files.h"

#include <algorithm>
#include <cctype>

namespace lamina {

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool namesPart(const Path& file, const char* part) {
    const std::string name = lower(file.filename().string());
    return name.find(part) != std::string::npos && name.find("idx") != std::string::npos;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    if (const auto at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
    return text;
}

/// The partner's name, as it would be beside `file`.
Path partnerName(const Path& file, bool fromImages) {
    std::string name = file.filename().string();
    name = fromImages ? replaced(replaced(name, "images", "labels"), "idx3", "idx1") : replaced(replaced(name, "labels", "images"), "idx1", "idx3");
    return file.parent_path() / name;
}

/// One of the two may be compressed and the other not.
Result<Path> findPartner(const Path& file, bool fromImages) {
    const Path partner = partnerName(file, fromImages);
    Path other = partner;
    if (partner.extension() == ".gz") other.replace_extension();
    else other += ".gz";
    std::error_code ignored;
    for (const Path& candidate : {partner, other}) {
        if (candidate != file && std::filesystem::is_regular_file(candidate, ignored)) return candidate;
    }
    return fail("idx.partner_missing", {{"file", file.string()}, {"partner", partner.filename().string()}});
}

bool saysTest(const Path& file) {
    const std::string name = lower(file.filename().string());
    return name.find("t10k") != std::string::npos || name.find("test") != std::string::npos;
}

/// A folder may hold train-images both plain and compressed; the plain one wins.
bool isCompressedTwin(const Path& file) {
    Path plain = file;
    std::error_code ignored;
    return file.extension() == ".gz" && std::filesystem::is_regular_file(plain.replace_extension(), ignored);
}

Result<std::vector<Path>> imageFiles(const Path& folder) {
    std::vector<Path> found;
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        std::error_code ignored;
        if (it->is_regular_file(ignored) && isIdxImagesName(it->path()) && !isCompressedTwin(it->path())) found.push_back(it->path());
    }
    if (error) return fail("idx.unreadable", {{"file", folder.string()}});
    if (found.empty()) return fail("idx.no_images", {{"folder", folder.string()}});
    std::sort(found.begin(), found.end());
    return found;
}

Result<std::vector<IdxPair>> pairsOfFolder(const Path& folder) {
    LAMINA_TRY(const auto images, imageFiles(folder));
    std::vector<IdxPair> pairs;
    for (const Path& file : images) {
        LAMINA_TRY(Path labels, findPartner(file, true));
        pairs.push_back({file, std::move(labels), saysTest(file)});
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const IdxPair& a, const IdxPair& b) { return a.test < b.test; });
    for (std::size_t i = 1; i < pairs.size(); ++i) {
        if (pairs[i].test != pairs[i - 1].test) continue;
        return fail("idx.several_sets", {{"folder", folder.string()},
                                         {"first", pairs[i - 1].images.filename().string()},
                                         {"second", pairs[i].images.filename().string()}});
    }
    return pairs;
}

}  // namespace

bool isIdxImagesName(const Path& file) { return namesPart(file, "images"); }

Result<std::vector<IdxPair>> findIdxPairs(const Path& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) return pairsOfFolder(path);
    if (!std::filesystem::is_regular_file(path, ignored)) return fail("file.not_found", {{"file", path.string()}});
    if (namesPart(path, "labels")) {
        LAMINA_TRY(Path images, findPartner(path, false));
        return std::vector<IdxPair>{{std::move(images), path, saysTest(path)}};
    }
    LAMINA_TRY(Path labels, findPartner(path, true));
    return std::vector<IdxPair>{{path, std::move(labels), saysTest(path)}};
}

}  // namespace lamina
