#include "core/data/image_reader.h"

#include "core/base/sha256.h"
#include "core/data/source_file.h"

namespace lamina {
namespace {

constexpr std::uint64_t largestImageFile = 512u << 20;

/// A name alone notes nothing.
bool isTheNoted(const std::vector<std::byte>& bytes, const ImageReference& reference) {
    if (reference.size == 0 && reference.hash.empty()) return true;
    if (bytes.size() != reference.size) return false;
    if (reference.hash.empty()) return true;
    return sha256(bytes.data(), bytes.size()) == reference.hash;
}

bool isFile(const Path& path) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
}

}  // namespace

Result<std::vector<std::byte>> readImageFile(const Path& path) try {
    LAMINA_TRY(const auto file, SourceFile::open(path));
    if (file.size() > largestImageFile)
        return fail("image.file_too_large",
                    {{"file", path.string()}, {"size", std::to_string(file.size())}, {"limit", std::to_string(largestImageFile)}});
    std::vector<std::byte> bytes(static_cast<std::size_t>(file.size()));
    LAMINA_CHECK(file.read(0, bytes));
    return bytes;
} catch (const std::bad_alloc&) {
    return fail("image.out_of_memory", {{"file", path.string()}});
}

Result<std::vector<std::byte>> ImageReader::referenced(const ImageReference& reference) const {
    const Path path(reference.path);
    const bool there = isFile(path);
    if (there) {
        LAMINA_TRY(auto bytes, readImageFile(path));
        if (isTheNoted(bytes, reference)) return bytes;
    }
    for (const Path& folder : m_folders) {
        Path tail;
        for (Path rest = path; rest.has_filename() && rest.has_relative_path(); rest = rest.parent_path()) {
            tail = tail.empty() ? rest.filename() : rest.filename() / tail;
            if (!isFile(folder / tail)) continue;
            auto bytes = readImageFile(folder / tail);
            if (bytes && isTheNoted(*bytes, reference)) return bytes;
        }
    }
    if (there) return fail("image.changed", {{"file", reference.path}});
    return fail("image.not_there", {{"file", reference.path}});
}

Result<std::vector<std::byte>> ImageReader::bytes(std::string_view value) const {
    if (isImageReference(value)) return referenced(readImageReference(value));
    const auto bytes = std::as_bytes(std::span(value.data(), value.size()));
    return std::vector<std::byte>(bytes.begin(), bytes.end());
}

Result<Image> ImageReader::read(std::string_view value, DecodeOptions options, SampleFacts* facts) const {
    if (!options.values.given()) options.values = m_values;
    if (!isImageReference(value)) return decodeImage(std::as_bytes(std::span(value.data(), value.size())), options, facts);
    const ImageReference reference = readImageReference(value);
    LAMINA_TRY(const auto bytes, referenced(reference));
    options.page = reference.page;
    auto image = decodeImage(bytes, options, facts);
    if (!image) return image.takeError().with("file", reference.path);
    return image;
}

bool ImageReader::isThere(std::string_view value) const {
    if (!isImageReference(value)) return true;
    const ImageReference reference = readImageReference(value);
    const auto fits = [&](const Path& file) {
        std::error_code ignored;
        return isFile(file) && (reference.size == 0 || std::filesystem::file_size(file, ignored) == reference.size);
    };
    const Path path(reference.path);
    if (fits(path)) return true;
    for (const Path& folder : m_folders) {
        Path tail;
        for (Path rest = path; rest.has_filename() && rest.has_relative_path(); rest = rest.parent_path()) {
            tail = tail.empty() ? rest.filename() : rest.filename() / tail;
            if (fits(folder / tail)) return true;
        }
    }
    return false;
}

}  // namespace lamina
