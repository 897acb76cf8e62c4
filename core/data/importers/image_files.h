// Which picture files a folder holds, and what their folders say about them.
#pragma once

#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/files.h"

namespace lamina {

struct ImageFile {
    Path path;
    std::string name;           ///< relative to the folder, with "/"; UTF-8
    std::int32_t label = -1;    ///< index of ImageFiles::classes; -1: its folder names none
    std::int32_t subset = -1;   ///< 0 training, 1 validation, 2 test
    std::int64_t page = 0;      ///< of a file with several (expandPages)
};

struct ImageFiles {
    std::vector<ImageFile> files;      ///< in the order of their names
    std::vector<std::string> classes;  ///< names of the class folders, ascending; empty: a flat folder
    bool subsets = false;              ///< the folders above the classes are train, validation, test
};

inline constexpr const char* imageSubsets[] = {"training", "validation", "test"};

/// The pictures below `path` (or the one it is itself), told by their names; hidden files are left out. A folder with one subfolder per class;
/// train, val (valid, validation), test may stand above the classes; folders that hold nothing but one folder are passed through. Pictures may
/// lie deeper within a class. Folders of masks in the layouts of VOC, COCO and LabelMe are no pictures. "file.not_found", "image.no_files" {folder}, "image.too_many_classes" {folder, found, limit}, "file.failed", "job.cancelled".
/// `everyFile`: also those whose names are not a picture's.
Result<ImageFiles> findImageFiles(const Path& path, const CancelToken& cancel = {}, bool everyFile = false);

/// The same for files of another kind: those that `wanted` takes by their names.
Result<ImageFiles> findFilesInFolders(const Path& path, bool (*wanted)(const Path& file), const CancelToken& cancel = {});

/// How many pages a TIFF or GIF holds; 1 of every other file and of what cannot be read.
std::int64_t pagesIn(const Path& file);

/// Every page of a TIFF or GIF an entry of its own, behind the first, named "scan.tif #2" …
Result<void> expandPages(ImageFiles& files, const CancelToken& cancel = {});

/// Is there a picture among the first things in this folder (looked at quickly)?
bool holdsImages(const Path& folder);
/// The same for files of another kind.
bool holdsFiles(const Path& folder, bool (*wanted)(const Path& file));
/// Has the file a name that pictures have?
bool isImageName(const Path& file);

}  // namespace lamina
