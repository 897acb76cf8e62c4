// Labels of a project's datasets: annotations of other programs in, and out again. All functions block; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/jobs/dataset_jobs.h"
#include "core/annotation/formats/format_type.h"
#include "core/data/split.h"
#include "core/project/project.h"

namespace lamina {

struct AnnotationImportRequest {
    Path source;          ///< annotations: a file or a folder
    std::string format;   ///< id; empty: found out
    std::string dataset;  ///< id or name of the dataset that has the pictures; empty: the pictures are imported with them
    Path pictures;        ///< folder to import them from, and of which formats without sizes of their own take them; empty: the annotations' own
    std::string name;     ///< of the new dataset; empty: from the folder's name
    nlohmann::json settings = nlohmann::json::object();  ///< of the importer of pictures
};

struct AnnotationImportOutcome {
    const AnnotationFormatType* format = nullptr;
    DatasetRecord dataset;
    LabellingRecord labelling;
    std::int64_t items = 0;   ///< that have annotations
    std::int64_t labels = 0;  ///< shapes, and classes of whole pictures
    std::int64_t newClasses = 0;
    std::optional<SplitRecord> split;   ///< where the annotations say which part each picture of a new dataset is in
    std::vector<EditReceipt> receipts;  ///< of the dataset (where it is new), the labels, the split
    std::vector<Issue> issues;          ///< those of the labels also stand in the labelling's report, with item and label
};

/// Pictures are recognised by their names. Annotations that need their pictures' sizes (YOLO) find them beside themselves, in `dataset` or below `pictures`. Classes join the project's by name, new ones keep the number that their source gave them where it is free.
/// On error or cancel the project is as before. Errors of the formats and importers, "labelling.no_pictures" {annotated, dataset},
/// "annotation.too_many".
Result<AnnotationImportOutcome> importAnnotations(Project& project, const AnnotationImportRequest& request, const ImportJob& job = {});

/// Begins labelling a dataset that has no labels yet: an item for each of its rows, none of them labelled. One edit. "labelling.exists" {dataset}.
Result<LabellingRecord> beginLabelling(Project& project, const DatasetRecord& dataset, const ImportJob& job = {});

/// As a format: the pictures alone, for datasets without labels, too.
inline constexpr const char* picturesAlone = "pictures";

struct AnnotationExportRequest {
    std::string dataset;          ///< id or name; empty: the newest
    std::string format = "coco";  ///< id, or picturesAlone
    Path folder;
    std::vector<Part> parts;  ///< of the newest split; empty: all items
    std::vector<ItemState> states;  ///< only items in one of these; empty: all
    bool pictures = false;    ///< the pictures too, where the format looks for them; without the notes of the camera (core/data/image_metadata.h); as PNG where they are tensors
    std::vector<std::string> blur;  ///< names of classes whose shapes nobody is to recognise in the pictures: they are exported, and made coarse there
    bool proposals = false;   ///< labels of models that no person accepted, too
};

struct AnnotationExportOutcome {
    std::int64_t items = 0, labels = 0;  ///< that were written
    std::vector<Path> files;
    Path classMap;  ///< which class has which number in the project and in the files
    bool renumbered = false;
    std::vector<Issue> issues;
};

/// "labelling.none" {dataset}, "annotation.unknown_format", "labelling.no_class_to_blur" {class}, errors of the formats, "job.cancelled". A picture that is to be
/// made coarse and cannot be read ends the export: it must not leave as it is. "labelling.no_picture_files" {dataset} where only pictures are asked for and
/// there are none, "labelling.over_original" {file} where a copy would take the place of the picture itself.
Result<AnnotationExportOutcome> exportAnnotations(Project& project, const AnnotationExportRequest& request, const ImportJob& job = {});

/// The labels as values: of all items, or those of `parts`. `annotator`: of this person or model alone; empty: all.
Result<AnnotationSet> annotationsOf(Project& project, const DatasetRecord& dataset, const AnnotationExportRequest& request,
                                    const std::string& annotator = {}, const CancelToken& cancel = {});

/// The labelling of a dataset. "labelling.none" {dataset}.
Result<LabellingRecord> labellingOf(Project& project, const DatasetRecord& dataset);

}  // namespace lamina
