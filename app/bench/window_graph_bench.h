// The network editor with 500 layers and 1,000 links.
#pragma once

#include "app/bench/report.h"

namespace lamina::bench {

/// "graph_500_frame_ms": 95 of 100 frames take at most so long, over dragging a layer, zooming, scrolling and repainting the whole. Needs a
/// QApplication, no project.
Figure measureGraph();

}  // namespace lamina::bench
