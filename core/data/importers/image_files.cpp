#include "core/data/importers/image_files.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "core/data/image_reader.h"
#include "core/data/importers/importer.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

constexpr std::size_t mostClasses = 10000;
constexpr int passedThrough = 4, deepest = 8;
constexpr int quickLook = 2000;

/// File names are bytes; what is no UTF-8 is shown as Latin-1.
std::string utf8Name(const std::string& name) {
    if (invalidUtf8At(name) == std::string_view::npos) return name;
    std::string utf8;
    appendLatin1(utf8, name);
    return utf8;
}

bool isHidden(const Path& path) {
    const std::string name = path.filename().string();
    return name.empty() || name[0] == '.' || name == "__MACOSX";
}

/// Masks as other programs keep them beside their pictures: VOC's SegmentationClass beside JPEGImages, COCO's panoptic_val beside (or in the folder next to)
/// panoptic_val.json, Masks and Scribbles of LabelMe's web tool, masks with a list of their values.
bool holdsMasks(const Path& folder) {
    const Path base = folder.parent_path();
    const std::string name = folder.filename().string();
    std::error_code none;
    const auto isThere = [&](const Path& path) { return std::filesystem::exists(path, none); };
    if (name.starts_with("Segmentation")) return isThere(base / "JPEGImages");
    if (name.starts_with("panoptic")) return isThere(base / (name + ".json")) || isThere(base / "annotations" / (name + ".json"));
    if (name == "Masks" || name == "Scribbles") return isThere(base / "Images") && isThere(base / "Annotations");
    return name == "masks" && isThere(folder / "classes.csv") && isThere(base / "images");
}

int subsetOf(const Path& folder) {
    std::string name = folder.filename().string();
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (name == "train" || name == "training") return 0;
    if (name == "val" || name == "valid" || name == "validation") return 1;
    return name == "test" || name == "testing" ? 2 : -1;
}

using WantedFile = bool (*)(const Path& file);

/// What lies directly in a folder, in the order of names.
struct Listing {
    std::vector<Path> folders, images;
};
Result<Listing> list(const Path& folder, WantedFile wanted) {
    Listing found;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        if (isHidden(at->path())) continue;
        std::error_code ignored;
        if (at->is_directory(ignored)) {
            if (wanted != isImageName || !holdsMasks(at->path())) found.folders.push_back(at->path());
        } else if (at->is_regular_file(ignored) && wanted(at->path())) {
            found.images.push_back(at->path());
        }
    }
    if (error) return fail("file.failed", {{"file", folder.string()}, {"call", "opendir"}, {"reason", error.message()}});
    std::sort(found.folders.begin(), found.folders.end());
    std::sort(found.images.begin(), found.images.end());
    return found;
}

class Finder {
public:
    Finder(Path root, const CancelToken& cancel, WantedFile wanted) : m_root(std::move(root)), m_cancel(cancel), m_wanted(wanted) {}

    Result<ImageFiles> run() {
        LAMINA_TRY(auto top, list(m_root, m_wanted));
        for (int i = 0; i < passedThrough && top.images.empty() && top.folders.size() == 1 && subsetOf(top.folders[0]) < 0; ++i) {
            LAMINA_TRY(auto next, list(top.folders[0], m_wanted));
            if (next.folders.empty()) break;
            top = std::move(next);
        }
        m_found.subsets = !top.folders.empty() && std::all_of(top.folders.begin(), top.folders.end(), [](const Path& p) { return subsetOf(p) >= 0; });
        if (m_found.subsets) {
            for (const Path& folder : top.folders) {
                LAMINA_TRY(auto inside, list(folder, m_wanted));
                LAMINA_CHECK(addClasses(std::move(inside), subsetOf(folder)));
            }
        } else {
            LAMINA_CHECK(addClasses(std::move(top), -1));
        }
        return numbered();
    }

private:
    Result<void> addClasses(Listing listing, std::int32_t subset) {
        for (const Path& image : listing.images) add(image, {}, subset);
        for (const Path& folder : listing.folders) LAMINA_CHECK(addAll(folder, utf8Name(folder.filename().string()), subset, 0));
        return {};
    }

    Result<void> addAll(const Path& folder, const std::string& label, std::int32_t subset, int depth) {
        if (m_cancel.cancelled()) return fail("job.cancelled");
        LAMINA_TRY(const auto inside, list(folder, m_wanted));
        for (const Path& image : inside.images) add(image, label, subset);
        // A link may lead back up.
        if (depth < deepest)
            for (const Path& deeper : inside.folders) LAMINA_CHECK(addAll(deeper, label, subset, depth + 1));
        return {};
    }

    void add(const Path& image, const std::string& label, std::int32_t subset) {
        m_found.files.push_back({image, utf8Name(image.lexically_relative(m_root).generic_string()), -1, subset, 0});
        m_labels.push_back(label);
        if (!label.empty()) m_classes.insert(label);
    }

    Result<ImageFiles> numbered() {
        if (m_found.files.empty()) return fail("image.no_files", {{"folder", m_root.string()}});
        if (m_classes.size() > mostClasses)
            return fail("image.too_many_classes", {{"folder", m_root.string()},
                                                   {"found", std::to_string(m_classes.size())},
                                                   {"limit", std::to_string(mostClasses)}});
        m_found.classes.assign(m_classes.begin(), m_classes.end());
        for (std::size_t i = 0; i < m_found.files.size(); ++i) {
            if (m_labels[i].empty()) continue;
            const auto at = std::lower_bound(m_found.classes.begin(), m_found.classes.end(), m_labels[i]);
            m_found.files[i].label = static_cast<std::int32_t>(at - m_found.classes.begin());
        }
        return std::move(m_found);
    }

    const Path m_root;
    const CancelToken& m_cancel;
    const WantedFile m_wanted;
    ImageFiles m_found;
    std::vector<std::string> m_labels;  ///< of m_found.files
    std::set<std::string> m_classes;
};

}  // namespace

bool isImageName(const Path& file) { return fitsPatterns(file, imagePatterns()); }

Result<ImageFiles> findImageFiles(const Path& path, const CancelToken& cancel, bool everyFile) {
    return findFilesInFolders(path, everyFile ? [](const Path&) { return true; } : isImageName, cancel);
}

Result<ImageFiles> findFilesInFolders(const Path& path, WantedFile wanted, const CancelToken& cancel) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) return Finder(path, cancel, wanted).run();
    if (!std::filesystem::exists(path, ignored)) return fail("file.not_found", {{"file", path.string()}});
    ImageFiles one;
    one.files.push_back({path, utf8Name(path.filename().string()), -1, -1, 0});
    return one;
}

std::int64_t pagesIn(const Path& file) {
    if (!fitsPatterns(file, {"*.tif", "*.tiff", "*.gif"})) return 1;
    const auto bytes = readImageFile(file);
    const auto head = bytes ? readImageHead(*bytes) : Result<ImageHead>(bytes.error());
    return head ? head->pages : 1;
}

Result<void> expandPages(ImageFiles& found, const CancelToken& cancel) {
    std::vector<ImageFile> all;
    for (auto& file : found.files) {
        if (cancel.cancelled()) return fail("job.cancelled");
        all.push_back(file);
        const auto pages = pagesIn(file.path);
        for (std::int64_t page = 1; page < pages; ++page) {
            all.push_back(file);
            all.back().page = page;
            all.back().name += " #" + std::to_string(page + 1);
        }
    }
    found.files = std::move(all);
    return {};
}

bool holdsImages(const Path& folder) { return holdsFiles(folder, isImageName); }

bool holdsFiles(const Path& folder, WantedFile wanted) {
    std::error_code error;
    int looked = 0;
    std::filesystem::recursive_directory_iterator at(folder, error), end;
    for (; !error && at != end && looked < quickLook; at.increment(error), ++looked) {
        std::error_code ignored;
        if (at->is_directory(ignored) && (isHidden(at->path()) || at.depth() > 3)) at.disable_recursion_pending();
        else if (!isHidden(at->path()) && wanted(at->path()) && at->is_regular_file(ignored)) return true;
    }
    return false;
}

}  // namespace lamina
