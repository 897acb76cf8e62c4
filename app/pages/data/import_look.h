// A look at what somebody wants to import, before anything is imported: how it is read, the first rows, pictures, classes, room on the disk.
#pragma once

#include <QImage>
#include <QSize>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/cancel.h"
#include "core/data/importers/importer.h"

namespace lamina {

struct ImportLook {
    const ImporterType* importer = nullptr;  ///< nullptr: nobody can read it
    ImportPreview preview;
    std::optional<Error> error;                                 ///< why there is no preview
    std::uint64_t bytes = 0;                                    ///< of the source
    std::uint64_t freeBytes = 0;                                ///< where the project is; 0: unknown
    std::vector<std::pair<std::string, std::int64_t>> classes;  ///< of pictures: name and count, empty where it is not known
    std::vector<QImage> pictures;                               ///< a few, small
    std::vector<int> pictureClasses;                            ///< index into classes for each picture; -1: none
    QSize smallest, largest;                                    ///< sizes of these pictures before they were made small
};

inline constexpr std::int64_t previewRows = 50;

/// `importer` empty: the one that knows the source best. Blocks for as long as the first rows and a dozen pictures take; not in the GUI thread.
ImportLook lookAtImport(const Path& source, const std::string& importer, const nlohmann::json& settings, const Path& project,
                        const CancelToken& cancel);

}  // namespace lamina
