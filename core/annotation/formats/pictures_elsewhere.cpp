#include "core/annotation/formats/pictures_elsewhere.h"

#include <algorithm>

#include "core/annotation/formats/format_type.h"

namespace lamina {
namespace pictures_elsewhere_parts {

constexpr std::size_t namedPictures = 5;

std::string small(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
    return text;
}

/// From the innermost outwards.
std::vector<std::string> foldersOf(const Path& file) {
    std::vector<std::string> folders;
    for (const Path& part : file.parent_path()) {
        const std::string name = small(part.string());
        if (name != "labels" && name != "images" && name != "annotations" && name != ".") folders.push_back(name);
    }
    std::reverse(folders.begin(), folders.end());
    return folders;
}

std::size_t likeness(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    const auto [end, ignored] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return static_cast<std::size_t>(end - a.begin());
}

}  // namespace pictures_elsewhere_parts

PicturesElsewhere picturesBelow(const Path& folder) {
    PicturesElsewhere pictures;
    std::error_code failed;
    for (const Path& file : filesBelow(folder, {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff"}))
        pictures.names.push_back(std::filesystem::relative(file, folder, failed).generic_string());
    pictures.noteSize = [folder, names = pictures.names](std::size_t picture, AnnotatedImage& image) { readPictureSize(folder / names[picture], image); };
    return pictures;
}

PictureMatch::PictureMatch(const PicturesElsewhere& pictures) : m_pictures(pictures) {
    for (std::size_t i = 0; i < pictures.names.size(); ++i) m_byStem[pictures_elsewhere_parts::small(Path(pictures.names[i]).stem().string())].push_back(i);
}

Result<std::optional<std::size_t>> PictureMatch::take(const Path& file) {
    using namespace pictures_elsewhere_parts;
    const auto alike = m_byStem.find(small(file.stem().string()));
    if (alike == m_byStem.end()) return std::optional<std::size_t>();
    const auto own = foldersOf(file);
    std::vector<std::size_t> best;
    std::size_t most = 0;
    for (const std::size_t picture : alike->second) {
        const std::size_t like = likeness(own, foldersOf(m_pictures.names[picture]));
        if (like > most) best.clear();
        most = std::max(most, like);
        if (like == most) best.push_back(picture);
    }
    if (best.size() > 1) {
        std::string names;
        for (std::size_t i = 0; i < std::min(best.size(), namedPictures); ++i) names += (i > 0 ? ", " : "") + m_pictures.names[best[i]];
        return fail("annotation.ambiguous_picture", {{"file", file.generic_string()}, {"pictures", names + (best.size() > namedPictures ? " …" : "")}});
    }
    const auto [taken, isFirst] = m_taken.emplace(best.front(), file.generic_string());
    if (!isFirst) return fail("annotation.ambiguous_text", {{"picture", m_pictures.names[best.front()]}, {"file", taken->second}, {"other", file.generic_string()}});
    return std::optional(best.front());
}

}  // namespace lamina
