// The contract of an annotation format: one file in core/annotation/formats, one line in formats.cmake. A format reads what other programs
// wrote and writes what they read. Reading never fails because of one shape: what cannot be used is an issue that names where it stands.
#pragma once

#include <string>
#include <vector>

#include "core/annotation/annotation.h"
#include "core/annotation/formats/pictures_elsewhere.h"
#include "core/base/cancel.h"
#include "core/base/files.h"

namespace lamina {

/// What writing had to leave out or change: "annotation.not_written" {file, number, label, format} …
struct WrittenAnnotations {
    std::vector<Path> files;
    std::vector<Issue> issues;
    std::int64_t labels = 0;  ///< shapes, and classes of whole items, that are in the files: counted by writeAnnotations()
};

/// What a format can say beside shapes and their classes.
struct AnnotationFormatHolds {
    bool classes = false;  ///< of a whole picture or text
    bool numbers = false;  ///< of classes, as they are: where two have the same or one has none, all are counted from 1
    bool itemAttributes = false, shapeAttributes = false;
    bool relations = false;
    bool emptiness = false;  ///< that somebody looked and nothing is there
    bool crowds = false;     ///< that a shape stands for a group
};

struct AnnotationFormatType {
    std::string id;       ///< persisted: "coco"
    std::string title;    ///< English; other languages in app/messages as "annotation.<id>.title"
    std::string summary;  ///< one sentence
    std::int64_t numbersFrom = -1;  ///< classes are numbered without gaps from here on, whatever their numbers are; -1: they are not
    AnnotationFormatHolds holds = {};
    bool silenceIsEmptiness = false;  ///< a picture without shapes counts there as one with nothing on it, whoever looked at it
    /// How sure it is (0 … 1) that this file or folder is of its form: quick, never an error.
    double (*probe)(const Path& source) = nullptr;
    /// `source`: a file, or the folder that holds annotations and pictures. "annotation.damaged" {file, reason}, "annotation.none" {file},
    /// "file.*", "job.cancelled".
    Result<AnnotationSet> (*read)(const Path& source, const CancelToken& cancel) = nullptr;
    /// The same where pictures do not lie beside the annotations and their sizes are needed; nullptr: they are not. Also errors of PictureMatch.
    Result<AnnotationSet> (*readApart)(const Path& source, const PicturesElsewhere& pictures, const CancelToken& cancel) = nullptr;
    /// Writes into `folder` (made where it is not there), all or nothing per file. "file.*", "job.cancelled". Called by writeAnnotations()
    /// (core/annotation/formats/set_writer.h), which tells what the format does not hold.
    Result<WrittenAnnotations> (*write)(const AnnotationSet& set, const Path& folder, const CancelToken& cancel) = nullptr;
};

/// All formats of formats.cmake, in its order.
const std::vector<const AnnotationFormatType*>& annotationFormatCatalogue();
/// nullptr where there is none.
const AnnotationFormatType* findAnnotationFormat(const std::string& id);
/// The format whose probe is surest; nullptr: none knows it.
const AnnotationFormatType* annotationFormatOf(const Path& source);

/// Their own numbers where each class has one of its own, else 1, 2, …
std::vector<std::int64_t> numbersOfTheirOwn(const std::vector<AnnotationLabel>& labels);
/// "training", "validation", "test" for what folders and files call them ("train2017", "val", "valid", "test"); else empty.
std::string subsetOfName(const std::string& name);
/// The other way round: "train", "val", "test"; empty: "default".
std::string nameOfSubset(const std::string& subset);
/// Files below `folder` with one of these endings (".jpg", lower case), sorted; hidden ones left out; at most so many.
std::vector<Path> filesBelow(const Path& folder, const std::vector<std::string>& endings, std::size_t most = 2'000'000);
/// What annotations call a picture that lies elsewhere, with its folders: pictures of one name in several folders are told apart by them. The name alone
/// where the folders lead out of where the annotations lie.
std::string pictureElsewhere(const Path& said);
/// Width and height from the first bytes; 0 × 0 where the file is none that is read.
void readPictureSize(const Path& file, AnnotatedImage& image);

}  // namespace lamina
