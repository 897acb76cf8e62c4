// Which IDX files belong together: images with their labels, training with test.
#pragma once

#include <vector>

#include "core/base/files.h"

namespace lamina {

struct IdxPair {
    Path images, labels;
    bool test = false;  ///< its name says "t10k" or "test"
};

/// Is the file named like IDX images ("train-images-idx3-ubyte.gz", "t10k-images.idx3-ubyte")?
bool isIdxImagesName(const Path& file);

/// The pairs of a folder, training first, or the one pair that the file (images or labels) belongs to.
/// Fails with "file.not_found", "idx.no_images", "idx.partner_missing", "idx.several_sets".
Result<std::vector<IdxPair>> findIdxPairs(const Path& path);

}  // namespace lamina
