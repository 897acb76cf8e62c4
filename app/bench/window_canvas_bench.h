// A photo of 24 megapixels with 500 shapes on it.
#pragma once

#include "app/bench/report.h"

namespace lamina::bench {

/// "canvas_24mp_500_frame_ms": 95 of 100 frames take at most so long, over panning, zooming and dragging a shape. Needs a QApplication, no project.
Figure measureCanvas();

}  // namespace lamina::bench
