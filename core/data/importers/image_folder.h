// Picture files in the form a dataset's column has.
#pragma once

#include "core/data/image_resize.h"
#include "core/data/importers/importer.h"

namespace lamina {

/// The form that an import's settings as found (ImportedTable::detected) ask for.
Result<ImageForm> imageFormFrom(const nlohmann::json& settings);
/// One picture file, decoded, turned upright, fitted: as the import does it and as a prediction needs it. The errors of decodeImage() and
/// of reading, with {file}; "image.file_too_large".
Result<Image> readImage(const Path& file, const ImageForm& form);

const ImporterType& image_folder_importer();

}  // namespace lamina
