// What can be set so that a refused file is read: offered as a button beside the reason.
#pragma once

#include <QString>

#include <optional>
#include <string>

#include "core/base/result.h"

namespace lamina {

struct ImportFix {
    std::string setting, value;  ///< of the importer
    QString button;              ///< in the language in use
};

/// Empty where nothing is known that helps.
std::optional<ImportFix> importFix(const Error& error);

}  // namespace lamina
