// The pictures of an export: into its folder, without the notes of the camera, each under a name of its own that stays.
#pragma once

#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "app/jobs/annotation_jobs.h"
#include "core/data/image_reader.h"
#include "core/data/table.h"

namespace lamina {

/// Makes the folder that the file lies in. "file.failed".
Result<void> makeFolderOf(const Path& file);

/// Of one dataset, one picture after the other. Picture files go out as they are; what the project keeps as tensors becomes PNG files (TIFF, where a pixel has
/// other than one or three values).
class ExportedPictures {
public:
    /// `column`: pictureColumn(table). `request` must outlive this.
    ExportedPictures(const Project& project, const DatasetRecord& dataset, const AnnotationExportRequest& request, const Table& table, std::size_t column);

    /// Notes the size where the labels do not tell it; where pictures are asked for, writes it, and `image` has the name that it has there.
    Result<void> take(AnnotatedImage& image, std::int64_t row);
    /// Are pictures asked for?
    bool writes() const { return m_pictures; }
    std::int64_t written() const { return m_written; }
    /// "image.notes_stay", "labelling.blur_unseen", "labelling.values_became_bytes", "labelling.picture_resized" {width, height}, each with how many.
    std::vector<Issue> issues() const;

private:
    struct Outgoing {
        std::vector<std::byte> bytes;
        std::string ending;  ///< ".png"; empty: that of its name
    };
    void noteNames(const Table& table);
    bool isResized(const AnnotatedImage& image) const;
    Result<Outgoing> outgoing(const AnnotatedImage& image, std::int64_t row);
    Result<Outgoing> fileOf(std::string_view value);
    std::string placeOf(const AnnotatedImage& image, const std::string& ending) const;
    std::string freePlace(const std::string& place);
    Result<void> write(const Outgoing& picture, std::int64_t row, const Path& original, const std::string& place);

    const AnnotationExportRequest& m_request;
    Path m_source;
    ColumnView m_view;
    ColumnInfo m_info;
    ImageReader m_reader;
    bool m_tensors, m_pictures, m_flat;
    std::unordered_set<std::string> m_shared;  ///< names without endings that several pictures of the dataset have
    std::set<std::string> m_taken;
    std::set<Path> m_cleared;  ///< folders
    std::int64_t m_written = 0, m_noted = 0, m_unseen = 0, m_rounded = 0, m_resized = 0;
};

}  // namespace lamina
