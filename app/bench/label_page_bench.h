// The Label page in a window: how soon the next picture is there, what 100,000 pictures cost in memory.
#pragma once

#include "app/bench/report.h"
#include "core/project/project.h"

namespace lamina::bench {

/// A dataset of so many pictures of 12 × 12 pixels; throws where that fails.
DatasetRecord importTinyPictures(Project& project, const Path& folder, std::int64_t count);
/// "next_image_ms", "canvas_frame_ms", "page_100k_s": makes photos in `folder`, opens `labelled` in a page. Makes the QApplication.
std::vector<Figure> measureLabelPage(int& argc, char** argv, const Path& labelled, const Path& folder);

}  // namespace lamina::bench
