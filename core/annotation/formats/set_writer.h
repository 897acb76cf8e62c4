// Writing annotations in a format of other programs, and telling what it cannot hold: one remark of each kind, with how many.
#pragma once

#include "core/annotation/formats/format_type.h"

namespace lamina {

/// Nobody has looked for shapes in it, and the format would make "nothing is there" of that: what is trained on it would learn so.
bool isLeftOut(const AnnotationFormatType& format, const AnnotatedImage& image);

/// Images of one file become one with all that is said of it, in the place of the first: several files of annotations may speak of the same picture.
void joinSameImages(AnnotationSet& set);

/// The format's write(), with joinSameImages() and without the pictures that are left out: `set` loses them. What it could not hold is told, each once:
/// "annotation.unseen_left_out", "annotation.classes_lost", "annotation.crowds_lost", "annotation.item_attributes_lost",
/// "annotation.shape_attributes_lost", "annotation.relations_lost", "annotation.emptiness_lost" {format, count}. Errors of write().
Result<WrittenAnnotations> writeAnnotations(const AnnotationFormatType& format, AnnotationSet& set, const Path& folder, const CancelToken& cancel = {});

/// Has some class another number in the files than it had? Counting from 0 instead of from 1 is none.
bool isRenumbered(const AnnotationSet& set, const AnnotationFormatType& format);
/// Which class has which number in the set and in the files: a table "class_numbers.csv" in `folder`, which is there already. `origin`: what the set's numbers are
/// of, "project" or "source". "file.*".
Result<Path> writeClassNumbers(const AnnotationSet& set, const AnnotationFormatType& format, const std::string& origin, const Path& folder);

/// Lies in a folder from the first file of an export to its last: where it is found, the export was broken off.
inline constexpr const char* unfinishedExport = "export.unfinished";
/// Makes the folder where it is not there. "file.*".
Result<void> markUnfinished(const Path& folder);
Result<void> markFinished(const Path& folder);
/// "annotation.unfinished" {file}: what is read there is a part.
std::vector<Issue> unfinishedIssues(const Path& source);

}  // namespace lamina
