// Writing annotations in a format of other programs, and telling what it cannot hold: one remark of each kind, with how many.
#pragma once

#include "core/annotation/formats/format_type.h"

namespace lamina {

/// Nobody has looked for shapes in it, and the format would make "nothing is there" of that: what is trained on it would learn so.
bool isLeftOut(const AnnotationFormatType& format, const AnnotatedImage& image);

/// The format's write(), without the pictures that are left out: `set` loses them. What it could not hold is told: "annotation.unseen_left_out",
/// "annotation.classes_lost", "annotation.item_attributes_lost", "annotation.shape_attributes_lost", "annotation.relations_lost", "annotation.emptiness_lost"
/// {format, count}, each once. Errors of write().
Result<WrittenAnnotations> writeAnnotations(const AnnotationFormatType& format, AnnotationSet& set, const Path& folder, const CancelToken& cancel = {});

}  // namespace lamina
