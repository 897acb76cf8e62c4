// How long a chart takes for a frame.
#pragma once

namespace lamina {

/// 4 curves of `points` points each: append a few to each, scale, paint. Median of `frames` frames in milliseconds of the GUI thread. Needs a
/// QApplication.
double chartFrameMilliseconds(int points, int frames);

}  // namespace lamina
