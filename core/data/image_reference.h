// The value of an Image column: a picture file's own bytes, or where it lies.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lamina {

/// A picture that stayed where it is. As a value: "file:<size in bytes>:<SHA-256 or nothing>:<page>:<path>", which no picture format begins with.
struct ImageReference {
    std::string path;          ///< as imported; found again by folder and hash when it was moved
    std::uint64_t size = 0;    ///< bytes
    std::string hash;          ///< SHA-256 of the file; may be empty
    std::int64_t page = 0;     ///< of a file of several pages, from 0
    bool operator==(const ImageReference&) const = default;
};

/// Is the value a reference (and not a picture's bytes)?
bool isImageReference(std::string_view value);
std::string imageReferenceValue(const ImageReference& reference);
/// What imageReferenceValue() wrote; an empty path where it is none.
ImageReference readImageReference(std::string_view value);
/// What tells a picture from others wherever it lies: its bytes, or all of its reference but the path (with a hash in it; else the whole).
std::string_view imageIdentity(std::string_view value);
/// What a person reads in a cell: the path, with "#3" behind it for a later page; of bytes their format and number ("jpeg, 12345 bytes").
std::string imageReferenceText(std::string_view value);

}  // namespace lamina
