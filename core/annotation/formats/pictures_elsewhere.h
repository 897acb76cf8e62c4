// Pictures that do not lie beside their annotations: found by their names, for formats whose places are parts of a picture's size.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/annotation/annotation.h"
#include "core/base/files.h"

namespace lamina {

struct PicturesElsewhere {
    std::vector<std::string> names;                                  ///< with their folders and '/': what the annotated pictures are called then
    std::function<void(std::size_t picture, AnnotatedImage&)> noteSize;  ///< of names[picture], upright; leaves 0 × 0 where it cannot be told
};

/// The picture files below a folder.
PicturesElsewhere picturesBelow(const Path& folder);

/// Which picture a file of annotations speaks of: the one of its name (without the ending, small and capital letters alike); of several the one whose
/// folders are most like its own, "labels" and "images" left aside.
class PictureMatch {
public:
    explicit PictureMatch(const PicturesElsewhere& pictures);
    /// Empty where there is none. "annotation.ambiguous_picture" {file, pictures}: several fit equally well. "annotation.ambiguous_text" {picture, file, other}:
    /// it was found for another file already.
    Result<std::optional<std::size_t>> take(const Path& file);

private:
    const PicturesElsewhere& m_pictures;
    std::map<std::string, std::vector<std::size_t>> m_byStem;
    std::map<std::size_t, std::string> m_taken;
};

}  // namespace lamina
