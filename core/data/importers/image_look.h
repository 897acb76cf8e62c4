// What some of the pictures of an import look like: sizes, colours, bands, values.
#pragma once

#include <map>

#include "core/data/image_decode.h"
#include "core/data/importers/image_files.h"
#include "core/data/importers/importer.h"

namespace lamina {

struct ImageLook {
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> sizes;  ///< {width, height} → how many
    ChannelSurvey channels;
    ValueSurvey values;
    std::int64_t seen = 0;

    std::pair<std::int64_t, std::int64_t> usualSize() const;
};

/// `wanted` of `count` things, evenly spread.
std::vector<std::size_t> evenly(std::size_t count, std::size_t wanted);

/// The page of a picture file. Errors with {file}.
Result<Image> decodeFile(const ImageFile& file, const ValueRange& values = {}, SampleFacts* facts = nullptr);

/// Decodes some, evenly spread; what cannot be read is left out. "job.cancelled".
Result<ImageLook> lookAtImages(const ImageFiles& found, const ImportJob& job);

/// Does one of a few files, evenly spread, keep more than a byte of each value?
bool anyDeepImage(const ImageFiles& found);

}  // namespace lamina
