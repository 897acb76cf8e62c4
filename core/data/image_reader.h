// The pictures that the values of an Image column stand for.
#pragma once

#include <string_view>
#include <vector>

#include "core/data/image_decode.h"
#include "core/data/image_reference.h"

namespace lamina {

/// Reads bytes that lie in the column or a file that stayed where it was. Immutable; any number of threads.
class ImageReader {
public:
    /// `folders`: where a file is looked for that is not at its place any more: below each of them under the last one, two, three … parts of its
    /// path, and it is taken where its size and its hash are the ones noted.
    /// `values`: what read() takes where its options say none.
    explicit ImageReader(std::vector<Path> folders = {}, ValueRange values = {}) : m_folders(std::move(folders)), m_values(values) {}

    /// The picture; of a reference the page that it names (options.page is not looked at then). Errors of decodeImage() and, with {file},
    /// "image.not_there", "image.changed" (another size or hash than noted), "image.file_too_large" {size, limit}, those of reading.
    Result<Image> read(std::string_view value, DecodeOptions options = {}, SampleFacts* facts = nullptr) const;
    /// The file's bytes; of a value that holds them, a copy.
    Result<std::vector<std::byte>> bytes(std::string_view value) const;
    /// Is a file of the noted size where read() would look? Nothing is read; true of a value that holds the bytes.
    bool isThere(std::string_view value) const;

    const ValueRange& values() const { return m_values; }

private:
    Result<std::vector<std::byte>> referenced(const ImageReference& reference) const;
    std::vector<Path> m_folders;
    ValueRange m_values;
};

/// A whole picture file. "image.file_too_large" {file, size, limit}, "file.…".
Result<std::vector<std::byte>> readImageFile(const Path& file);

}  // namespace lamina
