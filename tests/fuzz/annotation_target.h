// Any bytes as a file of an annotation format: a set or an error, and a set that can be written by every format and read again.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/annotation/formats/format_type.h"
#include "core/base/uuid.h"
#include "tests/fuzz/memory_file.h"

namespace lamina {

inline void checkSet(const AnnotationSet& set) {
    for (const AnnotatedImage& image : set.images)
        for (const AnnotationShape& shape : image.shapes) {
            (void)boundsOf(shape);
            (void)areaOf(shape);
            if (shape.label.empty()) std::abort();
            if (shape.kind == ShapeKind::Mask && areaOf(shape.mask) > shape.mask.width * shape.mask.height) std::abort();
        }
}

/// As the only file that is read.
inline void fuzzAnnotationFile(const char* format, const std::uint8_t* data, std::size_t size) {
    if (const auto set = findAnnotationFormat(format)->read(memoryFile(data, size), {})) checkSet(*set);
}

/// As a file of this name in a folder, gone at the end.
class AnnotationFuzzFolder {
public:
    AnnotationFuzzFolder() : m_path(std::filesystem::temp_directory_path() / ("lamina-fuzz-" + newUuid())) {
        std::filesystem::create_directories(m_path);
    }
    ~AnnotationFuzzFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    AnnotationFuzzFolder(const AnnotationFuzzFolder&) = delete;
    void write(const char* name, const std::uint8_t* data, std::size_t size) const {
        const Path file = m_path / name;
        std::filesystem::create_directories(file.parent_path());
        if (std::FILE* out = std::fopen(file.c_str(), "wb")) {
            if (size > 0) std::fwrite(data, 1, size, out);
            std::fclose(out);
        }
    }
    const Path& path() const { return m_path; }

private:
    Path m_path;
};

}  // namespace lamina
