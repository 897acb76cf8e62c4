#include "core/data/image_reference.h"

#include <charconv>

#include "core/data/image_decode.h"

namespace lamina {
namespace {

constexpr std::string_view prefix = "file:";

/// The piece up to the next colon; what is left stays in `rest`.
std::string_view nextPiece(std::string_view& rest) {
    const auto end = rest.find(':');
    const std::string_view piece = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return piece;
}

template <class Number>
Number numberOf(std::string_view text) {
    Number value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

bool isImageReference(std::string_view value) { return value.substr(0, prefix.size()) == prefix; }

std::string imageReferenceValue(const ImageReference& reference) {
    return std::string(prefix) + std::to_string(reference.size) + ":" + reference.hash + ":" + std::to_string(reference.page) + ":" + reference.path;
}

ImageReference readImageReference(std::string_view value) {
    ImageReference reference;
    if (!isImageReference(value)) return reference;
    std::string_view rest = value.substr(prefix.size());
    reference.size = numberOf<std::uint64_t>(nextPiece(rest));
    reference.hash = nextPiece(rest);
    reference.page = numberOf<std::int64_t>(nextPiece(rest));
    reference.path = rest;
    return reference;
}

std::string_view imageIdentity(std::string_view value) {
    if (!isImageReference(value)) return value;
    std::string_view rest = value.substr(prefix.size());
    nextPiece(rest);
    const bool hashed = !nextPiece(rest).empty();
    nextPiece(rest);
    return hashed ? value.substr(0, value.size() - rest.size()) : value;
}

std::string imageReferenceText(std::string_view value) {
    if (isImageReference(value)) {
        const ImageReference reference = readImageReference(value);
        return reference.page == 0 ? reference.path : reference.path + " #" + std::to_string(reference.page + 1);
    }
    const std::string format = imageFormat(std::as_bytes(std::span(value.data(), value.size())));
    return (format.empty() ? "" : format + ", ") + std::to_string(value.size()) + " bytes";
}

}  // namespace lamina
