// An importer's settings as rows of a property panel, in the language in use.
#pragma once

#include <vector>

#include "core/data/importers/importer.h"
#include "widgets/properties/property_row.h"

namespace lamina {

/// `settings`: what was set; the rest has its defaults. `detected`: what an "auto" came to, said beside it.
std::vector<PropertyRow> importerRows(const ImporterType& importer, const nlohmann::json& settings, const nlohmann::json& detected);

QString importerTitle(const ImporterType& importer);

}  // namespace lamina
