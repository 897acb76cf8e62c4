// Texts, one file per document, with their classes in the names of their folders.
#pragma once

#include <string>

#include "core/base/files.h"
#include "core/base/result.h"

namespace lamina {

/// Has the file a name that texts have (*.txt, *.md, *.eml …), or none of the usual kind at all ("12345")?
bool isTextName(const Path& file);

/// The text of a file in UTF-8, its lines ending with "\n". `encoding`: as the CSV importer has it; "auto": found out. "text_folder.empty" {file},
/// "text_folder.binary" {file}, "text_folder.too_large" {file, size, most}, "csv.wrong_encoding" and those of SourceFile with {file}.
Result<std::string> readTextDocument(const Path& file, const std::string& encoding);

}  // namespace lamina
